"""Nobody overwrites a value that they have not seen: two users edit every edit page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from bids.models import Round
from bids.views import (
    batches,
    cases,
    eligibility_checks,
    expressions,
    messages,
    own_expressions,
    partner_checks,
    rounds,
    sharing,
    signature_requests,
)
from bids.views import partners as partner_views
from bids.views import question_sets as question_set_views
from funding.views import awards, decisions, recommendations
from funding.views.grant_drafts import GrantDraftPage
from innovation.accounts.views import invitation_links
from innovation.contact import views as contact_views
from innovation.registers.views import RegisterChange
from innovation.web import pages
from tests import edit_forms
from tests.access import routes
from tests.web.edit_scenarios import (
    EDIT_SCENARIOS,
    EditScenario,
    date_to_answer_by,
    round_,
)

pytestmark = pytest.mark.django_db
SUGGESTIONS = {
    own_expressions.Start: "from the address, and their only organisation",
    awards.Announce: "today",
    awards.MakeOffer: "four weeks from today",
    invitation_links.Invited: "the name that whoever invites gave",
    signature_requests.AskToSign: "the only one who can sign",
    contact_views.GiveFeedback: "the page that it is about",
    partner_views.AddPartner: "the name that was typed among the partners",
    partner_checks.Merge: "from the address",
    expressions.Decline: "what was prepared, which declining ends",
    sharing.ProposedSharing: "what is proposed, which is saved nowhere",
    cases.ChooseColumns: "the columns that the list shows, from the address",
    batches._NewBatch: "the cases that the page shows",
    decisions.Approve: "what the Board advised, which never changes",
    rounds.AddCriterion: "a usual weight and scale",
    eligibility_checks.AddCheck: "the last place",
    eligibility_checks.CorrectResult: "what was recorded, which never changes",
    messages._MessagePage: "which messages it settles: a version of its own",
    recommendations.Recommend: "what was asked for, fixed once it is at the Board",
    question_set_views.AddQuestion: "from the address",
    question_set_views.RemoveQuestion: "from the address",
}
"""Forms that begin filled in, with nothing that they would overwrite."""


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
    edits = set(form_pages(pages.EditPage)) - {RegisterChange, GrantDraftPage}
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
