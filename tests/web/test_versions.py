"""Nobody overwrites a value that they have not seen: two users edit every edit page."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import question_sets
from bids.models import Round
from bids.views import (
    clarifications,
    messages,
    own_expressions,
    partner_checks,
    rounds,
)
from bids.views import partners as partner_views
from bids.views import question_sets as question_set_views
from bids.views import scores as score_views
from funding.domain import interests
from funding.models import Opinion, Payment
from funding.models.interest import Mitigation
from funding.views import awards, decisions, opinions, recommendations
from funding.views import interests as interest_views
from funding.views import payments as payment_views
from innovation.accounts.models import User
from innovation.accounts.views import memberships, own_account, people
from innovation.core import clock
from innovation.registers.views import RegisterChange
from innovation.web import pages
from tests import edit_forms
from tests.access import routes
from tests.dates import MOMENT
from tests.factories import cases, grants, partners, users
from tests.funding.page_requests import date_fields
from tests.narrowing import not_none
from tests.web import edit_scenarios
from tests.web.edit_scenarios import EditScenario

pytestmark = pytest.mark.django_db
SUGGESTIONS = {
    own_expressions.Start: "from the address, and their only organisation",
    awards.Announce: "today",
    partner_views.AddPartner: "the name that was typed among the partners",
    partner_checks.Merge: "from the address",
    decisions.Approve: "what the Board advised, which never changes",
    rounds.AddCriterion: "a usual weight and scale",
    messages._MessagePage: "which messages it settles: a version of its own",
    recommendations.Recommend: "what was asked for, fixed once it is at the Board",
    question_set_views.AddQuestion: "from the address",
    question_set_views.RemoveQuestion: "from the address",
}
"""Forms that begin filled in, with nothing that they would overwrite."""


def round_() -> EditScenario:
    round = cases.round_(summary="As it was")
    return EditScenario(
        {"summary": "Mine"},
        {"summary": "Theirs"},
        reverse("bids:manage-round-change", args=[round.key]),
        (users.administrator(), users.administrator()),
        lambda: Round.objects.get(pk=round.pk).summary,
        ("As it was", "Theirs", "Mine"),
    )


def question() -> EditScenario:
    by = users.administrator()
    question_set = question_sets.begin(
        cases.round_(), stage="expression", by=by, at=MOMENT
    )
    question_with_hint = question_set.questions.exclude(hint="").first()
    assert question_with_hint is not None
    return EditScenario(
        {"hint": "Mine"},
        {"hint": "Theirs"},
        reverse(
            "bids:manage-question-change",
            args=[question_set.key, question_with_hint.code],
        ),
        (by, users.administrator()),
        lambda: question_set.questions.get(pk=question_with_hint.pk).hint,
        (question_with_hint.hint, "Theirs", "Mine"),
    )


def own_name() -> EditScenario:
    person = users.official()
    return EditScenario(
        {"name": "Ann Mine"},
        {"name": "Ann Theirs"},
        reverse("accounts:account-name"),
        (person, person),
        lambda: User.objects.get(pk=person.pk).name,
        (person.name, "Ann Theirs", "Ann Mine"),
    )


def name_of_another() -> EditScenario:
    person = users.official()
    return EditScenario(
        {"name": "Ann Mine"},
        {"name": "Ann Theirs"},
        reverse("accounts:person-rename", args=[person.key]),
        (users.administrator(), users.administrator()),
        lambda: User.objects.get(pk=person.pk).name,
        (person.name, "Ann Theirs", "Ann Mine"),
    )


def standing() -> EditScenario:
    body = users.council_organisation()
    one, other = (users.applicant(body, "administrator") for _ in range(2))
    member = users.applicant(body, "administrator").memberships.get()
    return EditScenario(
        {"standing": "editor"},
        {"standing": "viewer"},
        reverse("accounts:membership-change", args=[member.key]),
        (one, other),
        lambda: type(member).objects.get(pk=member.pk).standing,
        (
            "manage its people",
            "View applications",
            "View and edit applications",
        ),
    )


def date_to_answer_by() -> EditScenario:
    clarification = cases.open_clarification()
    today = clock.london_day(clock.now())
    mine, theirs = today + timedelta(days=10), today + timedelta(days=20)
    return EditScenario(
        date_fields("due_on", mine),
        date_fields("due_on", theirs),
        reverse("bids:case-redate", args=[clarification.expression.key]),
        (users.official(), users.official()),
        lambda: clarification.expression.clarifications.get().due_on,
        ("19 November 2014", str(theirs.year), str(mine.year)),
    )


def scores() -> EditScenario:
    person, bid = users.official(), cases.submitted_bid()
    assessment = cases.assessment(bid, by=person, values=(1, 1), finish=False)
    pk = not_none(bid.round.criteria.first()).pk
    return EditScenario(
        {f"value_{pk}": "3"},
        {f"justification_{pk}": "Theirs"},
        reverse("bids:assessment", args=[assessment.key]),
        (person, person),
        lambda: assessment.scores.values_list("value", "justification").get(
            criterion=pk
        ),
        ("As the bid says.", "Theirs", "3"),
    )


def partner() -> EditScenario:
    added = partners.to_check("As it was")
    return EditScenario(
        {"name": "Mine"},
        {"name": "Theirs"},
        reverse("bids:partner-correct", args=[added.key]),
        (users.official(), users.official()),
        lambda: type(added).objects.get(pk=added.pk).name,
        ("As it was", "Theirs", "Mine"),
    )


def view() -> EditScenario:
    member = users.member()
    item = grants.agenda_item(members=[member, *grants.board_members(2)])
    return EditScenario(
        {"text": "Mine"},
        {"text": "Theirs"},
        reverse("funding:paper-view", args=[item.key]),
        (member, member),
        lambda: Opinion.objects.get().text,
        ("Nothing", "Theirs", "Mine"),
    )


def interest() -> EditScenario:
    member = users.member()
    item = grants.agenda_item(members=[member, *grants.board_members(2)])
    declared = interests.declare(
        item.bid,
        member=member,
        nature="A sister.",
        mitigation=Mitigation.LEAVES,
        by=member,
        at=MOMENT,
    )
    return EditScenario(
        {"mitigation": "leaves"},
        {"mitigation": "none_needed"},
        reverse("funding:interest-agree", args=[declared.key]),
        (users.secretary(), users.secretary()),
        lambda: type(declared).objects.get().mitigation,
        ("leaves the room", "No action needed", "leaves the room"),
    )


def payments() -> EditScenario:
    award = grants.planned_payment().award
    mine, theirs = (grants.DUE_ON + timedelta(days=n) for n in (1, 2))
    return EditScenario(
        date_fields("due_1", mine),
        date_fields("due_1", theirs),
        reverse("funding:award-plan-payments", args=[award.key]),
        (users.grant_manager(), users.grant_manager()),
        lambda: Payment.objects.get(award=award).due_on,
        ("15 January 2015", "17 January 2015", "16 January 2015"),
    )


EDIT_SCENARIOS: dict[type[pages.EditPage], Callable[[], EditScenario]] = {
    score_views.Scores: scores,
    rounds.Change: round_,
    memberships.ChangeStanding: standing,
    own_account.Name: own_name,
    interest_views.AgreeInterest: interest,
    opinions.GiveView: view,
    people.Rename: name_of_another,
    question_set_views.ChangeQuestion: question,
    payment_views.PlanPayments: payments,
    clarifications.ChangeClarificationDate: date_to_answer_by,
    partner_checks.Correct: partner,
    **edit_scenarios.of_registers(),
}
every = pytest.mark.parametrize(
    "stage", EDIT_SCENARIOS.values(), ids=lambda one: one.__name__
)


def form_pages(of: type[pages.Page] = pages.FormPage) -> Iterator[type[Any]]:
    for page in of.__subclasses__():
        if not page.__module__.startswith("tests."):
            yield page
        yield from form_pages(page)


def test_every_form_that_shows_what_is_saved_carries_its_version() -> None:
    routes.all_routes()
    values = {
        page
        for page in form_pages()
        if "initial" in vars(page) and page is not pages.EditPage
    }
    assert values == set(SUGGESTIONS)
    assert not any(issubclass(page, pages.EditPage) for page in values)


def test_every_edit_page_is_driven_here_and_none_goes_round_the_comparison() -> None:
    routes.all_routes()
    edits = set(form_pages(pages.EditPage)) - {RegisterChange}
    assert edits == set(EDIT_SCENARIOS)
    own = {"initial", "form", "post", "_perform", "ask", "show_form"}
    assert [page for page in edits if own & vars(page).keys()] == []


def open_twice(stage: EditScenario) -> tuple[Client, dict[str, str]]:
    """The first person opens the page; then the second opens it and saves."""
    first, second = Client(), Client()
    for client, person in zip((first, second), stage.people, strict=True):
        client.force_login(person)
    version = edit_forms.form_version(first, stage.address)
    answer = edit_forms.post_edit(second, stage.address, stage.theirs)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return first, version


def carried_values(answer: Any) -> dict[str, Any]:
    """What the page that asks sends again, without the choices."""
    context = answer.context
    return {**dict(context["hidden_fields"]), "version": context["version"]}


def choices(answer: Any, choice: str) -> dict[str, str]:
    return dict.fromkeys(answer.context["form"].fields, choice)


def answer_conflict(stage: EditScenario, choice: str) -> tuple[object, Any]:
    """What the second person saved, and the answer to the first one's choice."""
    client, version = open_twice(stage)
    theirs = stage.value()
    conflict = client.post(stage.address, stage.mine | version)
    fields = carried_values(conflict) | choices(conflict, choice)
    return theirs, client.post(stage.address, fields)


@every
def test_what_two_changed_is_asked_about_and_nothing_is_saved(
    stage: Callable[[], EditScenario],
) -> None:
    it = stage()
    client, version = open_twice(it)
    theirs = it.value()
    answer = client.post(it.address, it.mine | version)
    assert answer.status_code == 409
    page = answer.content.decode()
    for heading in ("What you saw", "What is saved now", "What you typed"):
        assert heading in page
    for words in it.words:
        assert words in page
    assert it.value() == theirs


@every
def test_whoever_came_second_can_keep_what_is_saved(
    stage: Callable[[], EditScenario],
) -> None:
    it = stage()
    theirs, answer = answer_conflict(it, "saved")
    if stage is date_to_answer_by:
        assert "other than the one they have" in answer.content.decode()
    else:
        assert answer.status_code == 302
    assert it.value() == theirs


@every
def test_whoever_came_second_can_save_what_they_typed(
    stage: Callable[[], EditScenario],
) -> None:
    it = stage()
    theirs, answer = answer_conflict(it, "typed")
    assert answer.status_code == 302
    assert it.value() != theirs


@every
def test_a_page_that_tells_of_no_version_saves_nothing_unasked(
    stage: Callable[[], EditScenario],
) -> None:
    it = stage()
    client, _ = open_twice(it)
    theirs = it.value()
    for text in ("", "made:up"):
        answer = client.post(it.address, it.mine | {"version": text})
        assert answer.status_code == 409
        assert "We cannot tell" in answer.content.decode()
    assert it.value() == theirs


def test_a_choice_not_made_is_asked_for_again_with_all_that_was_typed() -> None:
    it = round_()
    client, version = open_twice(it)
    conflict = client.post(it.address, {**it.mine, "name": "New name"} | version)
    second = client.post(it.address, carried_values(conflict))
    assert second.status_code == 409
    page = second.content.decode()
    assert "There is a problem" in page
    assert "Select which you want for “What is it for?”" in page
    assert ("name", "New name") in second.context["hidden_fields"]
    assert "As it was" in page
    answer = client.post(it.address, carried_values(second) | choices(second, "typed"))
    assert answer.status_code == 302
    round = Round.objects.get()
    assert (round.name, round.summary) == ("New name", "Mine")


def test_what_changes_once_more_is_asked_about_once_more() -> None:
    it = round_()
    client, version = open_twice(it)
    conflict = client.post(it.address, it.mine | version)
    Round.objects.update(summary="Theirs again")
    second = client.post(
        it.address, carried_values(conflict) | choices(conflict, "typed")
    )
    assert second.status_code == 409
    assert "Theirs again" in second.content.decode()
    answer = client.post(it.address, carried_values(second) | choices(second, "typed"))
    assert answer.status_code == 302
    assert it.value() == "Mine"


def test_a_version_of_another_page_or_person_says_nothing() -> None:
    it, other = round_(), round_()
    client, _ = open_twice(it)
    foreign = edit_forms.form_version(client, other.address)
    outsider = Client()
    outsider.force_login(it.people[1])
    theirs = edit_forms.form_version(outsider, it.address)
    for version in (foreign, theirs):
        assert client.post(it.address, it.mine | version).status_code == 409
    assert it.value() == "Theirs"


def test_what_was_typed_after_signing_out_is_compared_with_what_was_seen_then() -> None:
    it = round_()
    client = Client()
    client.force_login(it.people[0])
    page = client.get(it.address)
    form_data = {"version": page.context["version"], "writer": page.context["writer"]}
    client.logout()
    assert client.post(it.address, it.mine | form_data).status_code == 302
    Round.objects.update(summary="Theirs")
    client.force_login(it.people[0])
    page = client.get(it.address)
    assert "Mine" in page.content.decode()
    second = {"version": page.context["version"]}
    assert client.post(it.address, it.mine | second).status_code == 409
