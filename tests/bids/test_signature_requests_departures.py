"""Requests to sign of somebody who leaves, or who can no longer sign."""

import pytest

from bids import policies
from bids.domain import sign_off, signature_requests
from innovation.accounts.domain import departures, memberships, people
from innovation.accounts.models import Office, Standing
from tests.bids.signature_cases import ask, editor, letters, standing_of
from tests.dates import MOMENT
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def test_requests_of_somebody_who_leaves_pass_to_their_successor() -> None:
    draft = cases.draft()
    signer, by, next_one = (
        cases.editor_of(draft.lead),
        editor(draft),
        users.applicant(draft.lead, Standing.EDITOR),
    )
    request = ask(draft, by=by)
    other = cases.draft()
    other_request = ask(other)
    departures.remove(
        signer.memberships.get(),
        successor=next_one.memberships.get(),
        office=Office.SECTION_151,
        by=signer,
        at=MOMENT,
    )
    request.refresh_from_db()
    assert request.state == "passed_on"
    [passed_on] = policies.signature_requests_to(next_one)
    assert (passed_on.asked_by, passed_on.case) == (by, draft)
    assert letters("signature_asked")[-1][0] == next_one
    event = draft.chain.events.latest("seq")
    assert (event.name, event.actor) == (
        "expression.signature_passed_on",
        signer.key,
    )
    other_request.refresh_from_db()
    assert other_request.state == "waiting"
    sign_off.sign(draft, by=next_one, at=MOMENT)


def test_a_case_with_an_interest_is_not_named_to_who_removes_the_signer() -> None:
    bid = cases.bid_in_development()
    signer = cases.editor_of(bid.lead)
    ask(bid, of=signer)
    colleague = users.applicant(bid.lead, Standing.ADMINISTRATOR)
    member = users.person("board_member", "applicant")
    users.join(member, bid.lead, Standing.ADMINISTRATOR)
    grants.interest(bid, member)
    leaving = signer.memberships.get(organisation=bid.lead)
    titles = signature_requests.waiting_titles(leaving, colleague)
    assert titles == [f"{bid.title} ({bid.key})"]
    assert signature_requests.waiting_titles(leaving, member) == []
    assert signature_requests.waiting_titles(leaving, users.outsider()) == []


def test_without_a_successor_whoever_asked_is_told() -> None:
    draft = cases.draft()
    signer, by = cases.editor_of(draft.lead), editor(draft)
    ask(draft, by=by)
    departures.remove(signer.memberships.get(), by=signer, at=MOMENT)
    assert standing_of(draft) == []
    [(recipient, text)] = letters("signature_request_ended")
    assert recipient == by
    assert f"You asked “{signer}”" in text


def test_whoever_asked_is_told_that_the_person_no_longer_signs() -> None:
    draft = cases.draft()
    signer, by = cases.editor_of(draft.lead), editor(draft)
    head = users.applicant(draft.lead, Standing.ADMINISTRATOR)
    request = ask(draft, by=by)
    memberships.change_standing(
        signer.memberships.get(), standing=Standing.EDITOR, by=head, at=MOMENT
    )
    request.refresh_from_db()
    assert request.state == "taken_back"
    [(recipient, _)] = letters("signature_request_ended")
    assert recipient == by


def test_a_closed_account_is_waited_for_no_longer() -> None:
    draft = cases.draft()
    signer = cases.editor_of(draft.lead)
    ask(draft)
    users.administrator()
    people.deactivate(signer, by=users.administrator(), at=MOMENT)
    assert standing_of(draft) == []
