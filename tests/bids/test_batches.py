"""A step is taken for several cases of the list, after a page that names each."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bids.domain import batches, expressions
from bids.domain.batch_actions import ACTIONS
from bids.models import (
    ActionName,
    Assignment,
    Batch,
    BatchCase,
    Expression,
    Feedback,
)
from bids.wording import _STEPS
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import NotAllowed, TooLate
from innovation.notifications.models import Letter
from tests.dates import MOMENT
from tests.factories import cases, grants, triage, users

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


def address(name: str, chosen: list[Expression], user: User | None = None) -> str:
    query = "&".join(f"case={case.key}" for case in chosen)
    person = f"/{user.key}" if user else ""
    return f"/batches/new/{name}{person}?{query}"


def shown(*chosen: Expression, **more: str) -> dict[str, str]:
    """What the form sends: the cases that its page showed, and what it asks for."""
    return {"shown": " ".join(case.key for case in chosen), **more}


def assigned_to(user: User) -> set[str]:
    current = Assignment.objects.filter(user=user, ended_at=None)
    return set(current.values_list("expression__title", flat=True))


def section(page: str, heading: str) -> str:
    """What stands between this heading and the next, or the form."""
    match = re.search(rf"{heading}</h2>(.*?)(<h2|<form|$)", page, re.DOTALL)
    return match[1] if match else ""


def state_of(case: Expression) -> str:
    return Expression.objects.get(pk=case.pk).state


def events_of(case: Expression) -> list[str]:
    events = Event.objects.filter(subject=case.key).order_by("seq")
    return [*events.values_list("name", flat=True)]


def carry_out() -> None:
    batches.carry_out_due(at=timezone.now() + LATER)


def feedback_fields(case: Expression) -> dict[str, str]:
    return {f"criterion_{pk}": text for pk, text in cases.feedback(case.round).items()}


def test_selected_cases_are_assigned_after_a_page_that_names_each(
    client: Client,
) -> None:
    official, colleague = users.official(), users.official()
    one, two, three = (cases.submitted_expression(title=title) for title in "ABC")
    users.assign(colleague, two)
    client.force_login(official)
    page = client.get("/cases/").content.decode()
    assert f'name="case" type="checkbox" value="{one.key}"' in page
    chosen = [one, two]
    answer = client.post(address("assign", chosen), {"user": colleague.key})
    confirm = address("assign", chosen, colleague)
    assert answer["Location"] == confirm
    page = client.get(confirm).content.decode()
    assert one.key in section(page, f"{colleague.name} will look after")
    left_out = section(page, "Left out")
    assert two.key in left_out
    assert f"{colleague.name} already looks after it" in left_out
    assert three.key not in page
    assert "Assign 1 case<" in page
    assert assigned_to(colleague) == {"B"}
    answer = client.post(confirm, shown(one))
    batch = Batch.objects.get()
    assert answer["Location"] == f"/batches/{batch.key}"
    assert assigned_to(colleague) == {"A", "B"}
    page = client.get(answer["Location"]).content.decode()
    assert "1 case assigned" in page
    assert f"to {colleague.name}" in section(page, "Done")
    undo = f"/batches/{batch.key}/undo"
    assert one.key in client.get(undo).content.decode()
    assert client.post(undo)["Location"] == f"/batches/{batch.key}"
    assert assigned_to(colleague) == {"B"}
    assert events_of(one)[-2:] == ["expression.assigned", "expression.unassigned"]
    assert client.get(undo).status_code == 409


def test_without_a_selection_nothing_is_done(client: Client) -> None:
    official = users.official()
    client.force_login(official)
    page = client.get("/batches/new/assign").content.decode()
    assert "You have selected no cases" in page
    answer = client.post("/batches/new/assign", {"user": official.key})
    assert answer.status_code == 422
    assert "Select at least one case" in answer.content.decode()
    for name in ("take-forward", "decline", "release-feedback"):
        page = client.get(address(name, [])).content.decode()
        assert "You have selected no cases" in page
        assert client.post(address(name, []), shown()).status_code == 422
    case = cases.submitted_expression()
    answer = client.post(address("assign", [case]), {"user": ""})
    assert "Select a person" in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_case_that_the_reader_may_not_see_is_left_out_unnamed(
    client: Client,
) -> None:
    official = users.official()
    draft, sent = cases.draft(title="Secret"), cases.submitted_expression()
    client.force_login(official)
    pages = ("assign", f"assign/{official.key}", "take-forward", "decline")
    for name in pages:
        page = client.get(address(name, [draft, sent])).content.decode()
        assert sent.title in page
        assert "Secret" not in page
    client.post(address("take-forward", [draft, sent]), shown(draft, sent))
    assert [row.expression for row in BatchCase.objects.all()] == [sent]


def test_only_somebody_who_develops_cases_can_be_chosen(client: Client) -> None:
    client.force_login(users.official())
    case, analyst = cases.submitted_expression(), users.analyst()
    assert client.get(address("assign", [case], analyst)).status_code == 404
    assert client.post(address("assign", [case], analyst)).status_code == 404


def test_coaches_and_analysts_take_no_step_for_several_cases(client: Client) -> None:
    case, batch = cases.submitted_expression(), cases.planned_batch()
    for user in (users.assign(users.coach(), case), users.analyst()):
        client.force_login(user)
        for name in ("assign", "take-forward", "decline", "release-feedback"):
            assert client.get(address(name, [case])).status_code == 403
        for page in (
            "/batches/",
            f"/batches/{batch.key}",
            f"/batches/{batch.key}/undo",
        ):
            assert client.get(page).status_code == 403
        assert 'name="case"' not in client.get("/cases/").content.decode()
        for action in ACTIONS.values():
            chosen = {case: {"user": user.key}}
            with pytest.raises(NotAllowed):
                batches.make(action, chosen, by=user, at=MOMENT)
        with pytest.raises(NotAllowed):
            batches.undo(batch, by=user, at=MOMENT)


def test_a_case_with_a_concern_is_taken_forward_by_itself(client: Client) -> None:
    flagged, unmet, later = (cases.submitted_expression() for _ in range(3))
    triage.flag(flagged)
    triage.result(unmet, triage.check(unmet.round), "not_met", "It is in Wales.")
    client.force_login(users.official())
    page = client.get(address("take-forward", [flagged, unmet, later]))
    left_out = section(page.content.decode(), "Left out")
    assert "Flag for Finance – you can still take it forward by itself" in left_out
    assert "Not met: The work happens in England" in left_out
    assert later.key not in left_out
    answer = client.post(address("take-forward", [later]), shown(later, flagged, unmet))
    triage.flag(later)
    carry_out()
    assert {state_of(case) for case in (flagged, unmet, later)} == {"submitted"}
    page = client.get(answer["Location"])
    assert "Flag for Finance" in page.content.decode()


def test_cases_are_taken_forward_once_the_pause_has_ended(client: Client) -> None:
    official = users.official()
    one, two = cases.submitted_expression(), cases.submitted_expression()
    asked = cases.open_clarification().expression
    client.force_login(official)
    page = client.get(address("take-forward", [one, two, asked])).content.decode()
    assert "You can undo this for 10 minutes" in page
    assert "Its stage is “Waiting for an answer”" in section(page, "Left out")
    letters = Letter.objects.count()
    answer = client.post(address("take-forward", [one, two]), shown(one, two))
    page = client.get(answer["Location"]).content.decode()
    assert "2 cases will be taken forward" in page
    assert "and the letters leave, at" in page
    assert events_of(one)[-1] == "expression.step_planned"
    summary = client.get(f"/cases/{one.key}").content.decode()
    assert f"{official.name} planned “Take forward”" in summary
    history = client.get(f"/cases/{one.key}/history").content.decode()
    assert "planned to take it forward, together with other cases" in history
    batches.carry_out_due(at=timezone.now())
    assert (state_of(one), Letter.objects.count()) == ("submitted", letters)
    carry_out()
    assert (state_of(one), state_of(two)) == ("taken_forward", "taken_forward")
    assert Letter.objects.count() > letters
    taken = Event.objects.get(subject=one.key, name="expression.taken_forward")
    assert taken.actor == official.key
    page = client.get(answer["Location"]).content.decode()
    assert "2 cases taken forward" in page
    assert "have left, so this can no longer be undone" in page
    assert client.get(f"{answer['Location']}/undo").status_code == 409


def test_until_the_pause_has_ended_the_applicant_learns_nothing(
    client: Client,
) -> None:
    case = cases.submitted_expression()
    cases.planned_batch(case)
    client.force_login(cases.editor_of(case.lead))
    page = client.get(f"/apply/expressions/{case.key}").content.decode()
    assert "Received" in page
    assert "planned" not in page.lower()


def test_a_planned_step_is_called_off_for_one_case_or_for_all(client: Client) -> None:
    one, two, three = (cases.submitted_expression(title=title) for title in "ABC")
    batch = cases.planned_batch(one, two, three)
    colleague = users.official()
    client.force_login(colleague)
    undo = f"/batches/{batch.key}/undo"
    page = client.get(f"{undo}?case={one.key}").content.decode()
    assert one.key in page
    assert two.key not in page
    client.post(f"{undo}?case={one.key}")
    page = client.get(f"/batches/{batch.key}").content.decode()
    assert "2 cases will be taken forward" in page
    assert one.key in section(page, "Undone")
    client.post(undo)
    carry_out()
    assert {state_of(case) for case in (one, two, three)} == {"submitted"}
    assert events_of(three)[-1] == "expression.step_called_off"
    with pytest.raises(TooLate):
        batches.undo(batch, by=colleague, at=timezone.now())
    undone = BatchCase.objects.get(expression=one)
    assert undone.undone_by == colleague


def test_a_case_that_moved_on_meanwhile_is_not_done_and_says_why(
    client: Client,
) -> None:
    official = users.official()
    one, two = cases.submitted_expression(), cases.submitted_expression()
    batch = cases.planned_batch(one, two, by=official)
    feedback, by = cases.feedback(one.round), users.official()
    expressions.decline(one, feedback=feedback, by=by, at=timezone.now())
    carry_out()
    assert (state_of(one), state_of(two)) == ("declined", "taken_forward")
    client.force_login(official)
    page = client.get(f"/batches/{batch.key}").content.decode()
    assert "1 case taken forward" in page
    assert "because the expression of interest has changed" in section(page, "Not done")
    assert events_of(one)[-1] == "expression.step_refused"


def test_only_cases_that_the_page_showed_are_included(client: Client) -> None:
    asked = cases.open_clarification()
    sent = cases.submitted_expression()
    client.force_login(users.official())
    chosen = [asked.expression, sent]
    client.post(address("take-forward", chosen), shown(sent))
    assert [row.expression for row in BatchCase.objects.all()] == [sent]


def test_a_case_that_changed_since_the_page_is_in_the_batch_with_the_reason(
    client: Client,
) -> None:
    one, two = cases.submitted_expression(), cases.submitted_expression()
    first = cases.planned_batch(one)
    client.force_login(users.official())
    page = client.get(address("take-forward", [one, two])).content.decode()
    assert "is already planned for it" in section(page, "Left out")
    client.post(address("take-forward", [one, two]), shown(one, two))
    batch = Batch.objects.exclude(pk=first.pk).get()
    reasons = dict(batch.cases.values_list("expression", "refusal"))
    assert "is already planned for it" in reasons[one.pk]
    assert reasons[two.pk] == ""
    answer = client.post(address("take-forward", [one, two]), shown(one, two))
    assert answer.status_code == 422
    assert "None of these cases can be included any more" in answer.content.decode()


def test_cases_of_one_round_are_declined_with_the_same_feedback(
    client: Client,
) -> None:
    one = cases.submitted_expression()
    two = cases.submitted_expression(round=one.round)
    other = cases.submitted_expression()
    client.force_login(users.official())
    chosen = [one, two, other]
    page = client.get(address("decline", chosen)).content.decode()
    assert "It is in another round" in section(page, "Left out")
    answer = client.post(address("decline", chosen), shown(one, two))
    assert "Enter feedback on" in answer.content.decode()
    fields = feedback_fields(one)
    answer = client.post(address("decline", chosen), shown(one, two, **fields))
    page = client.get(answer["Location"]).content.decode()
    assert next(iter(fields.values())) in section(page, "Planned")
    carry_out()
    assert (state_of(one), state_of(two)) == ("declined", "declined")
    assert set(Feedback.objects.values_list("expression", flat=True)) == {
        one.pk,
        two.pk,
    }


def test_whoever_declared_an_interest_finds_no_such_case_in_a_batch(
    client: Client,
) -> None:
    bid = cases.bid_at_board()
    conflicted = users.person("board_member", "official")
    hidden, seen = bid.expression, cases.submitted_expression()
    colleague = users.official()
    action = ACTIONS[ActionName.ASSIGN]
    both = {case: {"user": colleague.key} for case in (hidden, seen)}
    batch = batches.make(action, both, by=colleague, at=MOMENT)
    alone = {hidden: {"user": users.official().key}}
    only_hidden = batches.make(action, alone, by=colleague, at=MOMENT)
    grants.interest(bid, conflicted)
    client.force_login(conflicted)
    page = client.get(f"/batches/{batch.key}").content.decode()
    assert "1 case assigned" in page
    assert hidden.key not in page
    assert client.get(f"/batches/{only_hidden.key}").status_code == 404
    page = client.get("/batches/").content.decode()
    assert "<br>1 case<" in page
    assert only_hidden.key not in page
    client.post(f"/batches/{batch.key}/undo")
    assert assigned_to(colleague) == {hidden.title}


def test_a_plan_of_somebody_who_may_no_longer_open_the_case_is_not_carried_out() -> (
    None
):
    official, case = users.official(), cases.submitted_expression()
    cases.planned_batch(case, by=official)
    official.is_active = False
    official.save(update_fields=["is_active"])
    carry_out()
    assert state_of(case) == "submitted"
    refusal = BatchCase.objects.get().refusal
    assert refusal == "Whoever planned this can no longer open the case."


def test_the_list_of_batches_says_which_can_be_undone(client: Client) -> None:
    batch = cases.planned_batch()
    client.force_login(users.official())
    page = client.get("/batches/").content.decode()
    assert batch.key in page
    assert "Can be undone" in page
    carry_out()
    assert "Can be undone" not in client.get("/batches/").content.decode()


def test_every_step_has_words_in_the_history() -> None:
    assert set(_STEPS.labels) == set(ActionName)
    assert set(ACTIONS) == set(ActionName)
