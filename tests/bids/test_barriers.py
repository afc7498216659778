"""The register of laws and rules that stand in the way of cases."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from bids import barrier_policies
from bids.domain import assignments, barriers, bids, expressions
from bids.models import BarrierCase, BarrierStep
from bids.models.barrier import BarrierState
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.clock import end_of_day, london_day
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.notifications.models import Letter
from tests.dates import MOMENT, moment_after
from tests.edit_forms import post_edit
from tests.factories import barriers as factory
from tests.factories import cases, grants, users
from tests.funding.page_requests import date_fields

pytestmark = pytest.mark.django_db
TODAY = london_day(MOMENT)


def page(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_official_makes_an_entry_from_what_a_case_names(client: Client) -> None:
    case, official = factory.case(), users.official()
    answers = f"/cases/{case.key}/answers"
    assert "Not on the barrier register" in page(client, official, answers)
    barrier = case.barriers.get()
    answer = client.post(
        f"/cases/{case.key}/barriers/join",
        {"barrier": barrier.pk, "entry": "", "reason": "Three cases ask about it"},
    )
    entry = BarrierCase.objects.get().entry
    assert answer["Location"] == f"/barriers/{entry.key}"
    step = entry.steps.get()
    assert (step.law_or_rule, step.state) == ("The Act", BarrierState.RAISED)
    assert (step.raised_on, step.recorded_by) == (TODAY, official)
    assert "Three cases ask about it" in page(
        client, official, f"/barriers/{entry.key}"
    )
    beside = page(client, official, answers)
    assert f'href="/barriers/{entry.key}"' in beside
    assert "Raised. Route: not decided" in beside
    history = page(client, official, f"/cases/{case.key}/history")
    assert f"joined the barrier “The Act” to {entry.key}" in history
    own = f"/apply/expressions/{case.key}"
    assert entry.key not in page(client, cases.editor_of(case.lead), own)


def test_many_cases_name_one_entry_and_each_is_counted_once(client: Client) -> None:
    entry, official = factory.entry(), users.official()
    first, second = factory.case(None, "The Act", "The Act, again"), factory.case()
    for case in (first, first, second):
        factory.named(case, entry)
    assert "2 cases" in page(client, official, "/barriers/")
    shown = page(client, official, f"/barriers/{entry.key}")
    assert first.key in shown
    assert second.key in shown


def test_a_bid_shows_the_entry_of_what_it_carries_on(client: Client) -> None:
    case, official = factory.case(), users.official()
    entry = factory.named(case).entry
    bid = expressions.take_forward(case, by=official, at=MOMENT)
    words = [{"law_or_rule": "The Act of 2004", "what_it_stops": "Sharing records"}]
    writer = cases.editor_of(case.lead)
    bids.save(bid, facts={"barriers": words}, by=writer, at=MOMENT)
    shown = page(client, official, f"/bids/{bid.key}")
    assert (
        f'<a class="govuk-link" href="/barriers/{entry.key}">The Act of 2004' in shown
    )


def test_what_only_a_bid_names_can_be_joined_and_its_writer_may_drop_it(
    client: Client,
) -> None:
    official = users.official()
    bid = cases.submitted_bid(official=official)
    case, writer = bid.expression, cases.editor_of(bid.lead)
    bids.send_back(bid, reason="Say which law.", by=official, at=MOMENT)
    row = {"law_or_rule": "The Rule", "what_it_stops": "One team"}
    bids.save(bid, facts={"barriers": [row]}, by=writer, at=MOMENT)
    assert not barriers.barriers_to_join(case).exists()
    bids.submit(bid, by=writer, at=MOMENT)
    named = factory.named(case)
    bids.send_back(bid, reason="Once more.", by=official, at=MOMENT)
    bids.save(bid, facts={"barriers": []}, by=writer, at=MOMENT)
    named.refresh_from_db()
    assert named.barrier is None
    shown = page(client, official, f"/barriers/{named.entry.key}")
    assert "Its bid no longer names it" in shown


def change_form(**fields: Any) -> dict[str, Any]:
    return {
        "law_or_rule": "Children Act 1989, section 20",
        "what_it_stops": "Homes for two children",
        "state": "raised",
        "route": "",
        "owner": "",
        "reason": "The lawyers agree",
        **date_fields("raised_on", TODAY),
        **fields,
    }


def test_each_change_is_a_step_and_the_last_says_how_it_stands(client: Client) -> None:
    official, entry = users.official(), factory.entry()
    owner = users.official()
    client.force_login(official)
    form = change_form(state="in_hand", route="waiver", owner=owner.key)
    answer = post_edit(client, f"/barriers/{entry.key}/change", form)
    assert answer["Location"] == f"/barriers/{entry.key}"
    first, second = entry.steps.order_by("pk")
    assert (first.state, second.state) == ("raised", "in_hand")
    assert (second.route, second.owner) == ("waiver", owner)
    shown = page(client, official, f"/barriers/{entry.key}")
    for words in ("The lawyers agree", "A waiver", owner.name, "Heard of it"):
        assert words in shown
    letter = Letter.objects.get(kind="barrier_owner")
    assert (letter.recipient, letter.subject_reference) == (owner, entry.key)


def test_an_auditor_reads_how_it_stood_and_what_was_known() -> None:
    entry = factory.entry()
    later = moment_after(days=10)
    so_on = TODAY + timedelta(days=2)
    owner = users.official()
    factory.change(entry, so_on=so_on, at=later, state="in_hand", owner=owner)
    steps = entry.steps
    read = [
        steps.as_of(TODAY).get().state,
        steps.as_of(so_on).get().state,
        steps.as_of(so_on, end_of_day(so_on)).get().state,
    ]
    assert read == ["raised", "in_hand", "raised"]
    assert steps.as_of().get().state == "in_hand"


def test_a_correction_of_an_earlier_day_leaves_what_came_after() -> None:
    entry, owner = factory.entry(), users.official()
    later = moment_after(days=10)
    factory.change(entry, at=later, state="in_hand", owner=owner)
    factory.change(entry, so_on=TODAY, at=later, state="raised", route="guidance")
    assert entry.steps.as_of().get().state == "in_hand"
    assert entry.steps.as_of(TODAY).get().route == "guidance"
    assert entry.steps.count() == 3


def test_the_page_shows_another_day(client: Client) -> None:
    entry, owner = factory.entry(), users.official()
    factory.change(entry, at=moment_after(days=10), state="in_hand", owner=owner)
    client.force_login(users.official())
    shown = client.get(f"/barriers/{entry.key}?as_at={TODAY}")
    assert shown.context["shown"].state == "raised"
    before = client.get(f"/barriers/{entry.key}?as_at=2014-01-01")
    assert "Nothing was recorded by that day" in before.content.decode()
    assert client.get(f"/barriers/{entry.key}?as_at=soon").status_code == 422


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"state": "in_hand"}, "owner"),
        ({"state": "removed"}, "resolved_on"),
        ({"state": "removed", "resolved_on": TODAY}, "outcome"),
        ({"resolved_on": TODAY}, "resolved_on"),
        ({"outcome": "A waiver was given."}, "outcome"),
        ({"raised_on": TODAY + timedelta(days=1)}, "raised_on"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    values: dict[str, Any], field: str
) -> None:
    entry = factory.entry()
    with pytest.raises(Invalid) as refused:
        factory.change(entry, **values)
    assert field in refused.value.problems
    assert entry.steps.count() == 1


def test_nothing_changed_is_no_step() -> None:
    entry = factory.entry()
    factory.change(entry)
    assert entry.steps.count() == 1
    assert Event.objects.filter(name="barrier.changed").count() == 0


def test_whoever_joined_it_wrongly_takes_it_off_with_a_reason(client: Client) -> None:
    case, official = factory.case(), users.official()
    named = factory.named(case)
    with pytest.raises(Invalid):
        factory.change(named.entry, state="mistake")
    client.force_login(official)
    answer = client.post(
        f"/cases/{case.key}/barriers/take-off",
        {"named": named.pk, "because": "It is another section"},
    )
    assert answer["Location"] == f"/cases/{case.key}/answers"
    shown = page(client, official, f"/barriers/{named.entry.key}")
    assert "It is another section" in shown
    factory.change(named.entry, state="mistake")
    with pytest.raises(TooLate):
        barriers.take_off(case, named=named, because="x", by=official, at=MOMENT)
    other = factory.named(case)
    assert other.entry != named.entry
    with pytest.raises(Invalid):
        factory.named(factory.case(), named.entry)


def test_a_barrier_stands_in_one_entry_at_a_time() -> None:
    case = factory.case()
    named = factory.named(case)
    assert named.barrier is not None
    with pytest.raises(TooLate):
        barriers.join(
            case,
            barrier=named.barrier,
            entry=None,
            reason="Again",
            by=users.official(),
            at=MOMENT,
        )


def test_made_up_and_real_cases_never_share_an_entry() -> None:
    case, made_up = factory.case(), factory.case(users.organisation())
    with pytest.raises(Invalid):
        factory.named(made_up, factory.named(case).entry)
    assert factory.named(made_up).entry.demonstration


def test_each_count_leads_to_exactly_its_rows(client: Client) -> None:
    owner = users.official()
    factory.entry(law_or_rule="One")
    two = factory.entry(law_or_rule="Two", route="law")
    factory.change(two, state="in_hand", owner=owner, due_on=TODAY)
    client.force_login(owner)
    counted = client.get("/barriers/").context["counts"]
    for _, choices in counted:
        for choice in choices:
            rows = client.get(f"/barriers/?{choice.query}").context["rows"]
            assert len(rows) == choice.number == 1
    own = client.get("/barriers/?owner=me&due=come").context["rows"]
    assert [row.law_or_rule for row in own] == ["Two"]
    assert client.get("/barriers/?state=nonsense").status_code == 422


def test_the_owner_has_it_as_a_task_once_its_day_has_come(client: Client) -> None:
    owner, entry = users.official(), factory.entry()
    factory.change(entry, state="in_hand", owner=owner, due_on=TODAY)
    words = "barrier you own that is due"
    home = page(client, owner, "/home")
    assert words in home
    assert 'href="/barriers/?owner=me&amp;due=come"' in home
    assert words not in page(client, users.official(), "/home")
    factory.change(entry, state="removed", resolved_on=TODAY, outcome="A waiver.")
    assert words not in page(client, owner, "/home")


def test_the_list_of_cases_finds_them_by_the_state_of_the_entry(client: Client) -> None:
    case, other = factory.case(), factory.case()
    entry = factory.named(case).entry
    client.force_login(users.official())

    def found(barrier: str) -> list[str]:
        rows = client.get(f"/cases/?barrier={barrier}").context["rows"]
        return [row["key"] for row in rows]

    assert (found("raised"), found("unregistered")) == ([case.key], [other.key])
    factory.change(entry, state="stays", resolved_on=TODAY, outcome="It is the law.")
    assert (found("raised"), found("stays")) == ([], [case.key])


def test_coaches_read_what_their_cases_name_and_nobody_else_writes(
    client: Client,
) -> None:
    case, official = factory.case(), users.official()
    entry, general = factory.named(case).entry, factory.entry()
    coach = users.coach()
    assert list(barrier_policies.entries_for(coach)) == [general]
    assignments.assign(case, user=coach, by=official, at=MOMENT)
    assert set(barrier_policies.entries_for(coach)) == {entry, general}
    for user in (coach, users.analyst()):
        client.force_login(user)
        assert client.get(f"/barriers/{entry.key}").status_code == 200
        for address in (
            f"/barriers/{entry.key}/change",
            "/barriers/new",
            f"/cases/{case.key}/barriers/join",
            f"/cases/{case.key}/barriers/take-off",
        ):
            assert client.get(address).status_code == 403
        with pytest.raises(NotAllowed):
            factory.change(entry, by=user, route="law")
    client.force_login(cases.editor_of(case.lead))
    assert client.get("/barriers/").status_code == 403


def test_whoever_has_an_interest_in_the_case_learns_nothing(client: Client) -> None:
    official = users.official()
    case = factory.case()
    bid = expressions.take_forward(case, by=official, at=MOMENT)
    shared, own = factory.entry(), factory.case(None, "Other law", "The rest")
    factory.named(case, shared)
    factory.named(own, shared)
    made = factory.named(factory.case()).entry
    hidden = BarrierCase.objects.get(entry=shared, expression=case)
    barriers.take_off(case, named=hidden, because="Wrong", by=official, at=MOMENT)
    made_from_it = factory.named(case).entry
    person = users.person("board_member", "official")
    grants.interest(bid, person)
    person = User.objects.get(pk=person.pk)
    assert set(barrier_policies.entries_for(person)) == {shared, made}
    shown = page(client, person, f"/barriers/{shared.key}")
    assert case.key not in shown
    assert "Wrong" not in shown
    assert client.get(f"/barriers/{made_from_it.key}").status_code == 404
    with pytest.raises(Invalid):
        factory.change(made_from_it, state="in_hand", owner=person)


def test_the_file_holds_the_list_as_it_is_filtered(client: Client) -> None:
    factory.entry(law_or_rule="=One")
    two = factory.entry(law_or_rule="Two", route="law")
    factory.named(factory.case(), two)
    client.force_login(users.analyst())
    answer: Any = client.get("/reports/barriers.csv?route=law")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["Law or rule"], row["Route"]) == ("Two", "A change in law")
    assert (row["Cases"], row["Raised on"]) == ("1", str(TODAY))


def test_the_database_refuses_a_step_that_is_changed() -> None:
    step = factory.entry().steps.get()
    for statement in (
        lambda: BarrierStep.objects.filter(pk=step.pk).update(reason="Other"),
        lambda: step.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()


def test_the_events_say_that_it_changed_and_not_what_it_says() -> None:
    named = factory.named(factory.case())
    event = Event.objects.get(name="barrier.entered")
    assert (event.subject, event.data) == (named.entry.key, {})
    joined = Event.objects.get(name="expression.barrier_joined")
    assert joined.data == {"entry": named.entry.key, "law_or_rule": "The Act"}


def test_a_date_to_come_is_refused() -> None:
    with pytest.raises(Invalid):
        factory.change(factory.entry(), so_on=date(2099, 1, 1), route="law")
