"""Somebody is asked to sign a case: they sign it, decline, or are asked no longer."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from bids import policies
from bids.domain import bids, expressions, sign_off, signature_requests
from bids.models import Expression, SignatureRequest
from innovation.accounts import invitation_links
from innovation.accounts.domain import invitations
from innovation.accounts.models import Office, Standing, User
from innovation.core import clock
from innovation.core.errors import Invalid, NotAllowed, TooLate, TooOften
from tests.bids.signature_cases import Case, ask, editor, letters, standing_of
from tests.concurrency import run_concurrently
from tests.dates import CLOSES_AT, MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", [cases.draft, cases.bid_in_development])
def test_who_is_asked_gets_a_letter_and_who_asked_is_told_of_the_signature(
    stage: type[Case],
) -> None:
    case = stage()
    by, signer, other = editor(case), cases.editor_of(case.lead), users.outsider()
    request = ask(case, by=by)
    assert standing_of(case) == ["waiting"]
    [(recipient, text)] = letters("signature_asked")
    assert recipient == signer
    assert f"/{case.key}/sign\n" in text
    assert list(policies.signature_requests_to(signer)) == [request]
    assert not policies.signature_requests_to(by)
    assert not policies.signature_requests_to(other)

    signature = sign_off.sign(case, by=signer, at=moment_after(hours=1))

    request.refresh_from_db()
    assert (request.state, request.signature) == ("signed", signature)
    assert request.answered_at == moment_after(hours=1)
    [(recipient, text)] = letters("signature_given")
    assert recipient == by
    assert f"“{signer}” has signed off" in text
    assert not policies.signature_requests_to(signer)


def test_the_letter_says_until_when_the_application_can_be_sent() -> None:
    ask(cases.draft())
    [(_, text)] = letters("signature_asked")
    assert CLOSES_AT.strftime("%B %Y") in text


def test_whoever_signs_answers_all_who_were_asked() -> None:
    draft = cases.draft()
    first, second = cases.editor_of(draft.lead), users.applicant(draft.lead)
    for signer in (first, second):
        ask(draft, of=signer)
    expressions.submit(draft, by=second, at=MOMENT)
    assert set(SignatureRequest.objects.values_list("state", flat=True)) == {"signed"}


def test_who_declines_gives_a_reason_that_the_asker_gets() -> None:
    draft = cases.draft()
    by, signer = editor(draft), cases.editor_of(draft.lead)
    request = ask(draft, by=by)
    with pytest.raises(Invalid, match="Enter why"):
        signature_requests.decline(request, reason=" ", by=signer, at=MOMENT)
    for other in (by, users.applicant(draft.lead), users.outsider()):
        with pytest.raises(NotAllowed):
            signature_requests.decline(request, reason="No.", by=other, at=MOMENT)

    signature_requests.decline(request, reason="Too dear.", by=signer, at=MOMENT)

    assert standing_of(draft) == ["declined"]
    [(recipient, text)] = letters("signature_declined")
    assert recipient == by
    assert "> Too dear." in text
    event = draft.chain.events.get(name="expression.signature_declined")
    assert (event.actor, event.data) == (signer.key, {"request": request.key})
    with pytest.raises(TooLate):
        signature_requests.decline(request, reason="Again.", by=signer, at=MOMENT)
    ask(draft, of=signer)
    assert standing_of(draft) == ["waiting"]


def test_an_edit_after_the_signature_shows_that_it_has_ended() -> None:
    draft = cases.draft()
    sign_off.sign(draft, by=cases.editor_of(draft.lead), at=MOMENT)
    assert standing_of(draft) == ["signed"]
    expressions.save(draft, facts={"title": "New"}, by=editor(draft), at=MOMENT)
    assert standing_of(draft) == ["ended"]


def test_nobody_is_asked_to_sign_what_is_unfinished_signed_or_sent() -> None:
    with pytest.raises(Invalid):
        ask(cases.draft(complete=False))
    draft = cases.draft()
    sign_off.sign(draft, by=cases.editor_of(draft.lead), at=MOMENT)
    with pytest.raises(TooLate, match="already signed off"):
        ask(draft)
    with pytest.raises(TooLate):
        ask(cases.submitted_expression())
    assert not SignatureRequest.objects.exists()


def test_only_authorisers_of_the_lead_are_asked_and_each_once() -> None:
    draft = cases.draft()
    for other in (editor(draft), users.outsider()):
        with pytest.raises(Invalid, match="Select an authoriser"):
            ask(draft, of=other)
    for by in (users.outsider(), users.viewer(draft.lead)):
        with pytest.raises(NotAllowed):
            ask(draft, by=by)
    ask(draft)
    with pytest.raises(Invalid, match="has already asked"):
        ask(draft)


def test_a_request_is_reminded_of_once_a_day_and_taken_back() -> None:
    draft = cases.draft()
    by = editor(draft)
    request = ask(draft, by=by)
    signature_requests.remind(request, by=by, at=moment_after(hours=1))
    with pytest.raises(TooOften, match="once a day"):
        signature_requests.remind(request, by=by, at=moment_after(hours=2))
    for other in (users.outsider(), users.viewer(draft.lead)):
        with pytest.raises(NotAllowed):
            signature_requests.remind(request, by=other, at=MOMENT)
        with pytest.raises(NotAllowed):
            signature_requests.take_back(request, by=other, at=MOMENT)
    assert len(letters("signature_asked")) == 2

    signature_requests.take_back(request, by=by, at=moment_after(days=1))

    assert standing_of(draft) == []
    with pytest.raises(TooLate):
        signature_requests.remind(request, by=by, at=moment_after(days=1))


def test_a_withdrawal_ends_the_requests() -> None:
    draft, bid = cases.draft(), cases.bid_in_development()
    for case in (draft, bid):
        ask(case)
    expressions.withdraw(draft, by=cases.editor_of(draft.lead), at=MOMENT)
    bids.withdraw(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    states = SignatureRequest.objects.values_list("state", flat=True)
    assert list(states) == ["taken_back", "taken_back"]


# --- somebody who has no account yet ----------------------------------------------


def invite(
    draft: Expression, by: User, email: str = "new@example.org"
) -> SignatureRequest:
    return signature_requests.ask_by_invitation(
        draft,
        email=email,
        name="A Director",
        office=Office.DIRECTOR_OF_CHILDREN,
        by=by,
        at=MOMENT,
    )


def test_only_an_administrator_asks_somebody_by_invitation() -> None:
    draft = cases.draft()
    for by in (editor(draft), cases.editor_of(draft.lead), users.outsider()):
        with pytest.raises(NotAllowed):
            invite(draft, by)
    assert not SignatureRequest.objects.exists()


def test_the_invited_person_signs_once_they_have_joined() -> None:
    draft = cases.draft()
    head = users.applicant(draft.lead, Standing.ADMINISTRATOR)
    request = invite(draft, head)
    invitation = request.invitation
    assert invitation is not None
    assert (standing_of(draft), request.person) == (["waiting"], None)
    director = invitations.accept_as_newcomer(
        invitation, name="Dana Lee", password="a long enough phrase", at=MOMENT
    )
    assert list(policies.signature_requests_to(director)) == [request]
    sign_off.sign(draft, by=director, at=MOMENT)
    request.refresh_from_db()
    assert request.state == "signed"
    [(recipient, _)] = letters("signature_given")
    assert recipient == head


def test_only_whoever_can_accept_the_invitation_learns_for_which_case_it_is(
    client: Client,
) -> None:
    draft = cases.draft()
    head = users.applicant(draft.lead, Standing.ADMINISTRATOR)
    request = signature_requests.ask_by_invitation(
        draft,
        email="new@example.org",
        name="A Director",
        office=Office.DIRECTOR_OF_CHILDREN,
        by=head,
        at=clock.now(),
    )
    assert request.invitation is not None
    link = invitation_links.link_of(request.invitation)
    page = "/invited/" + link.rpartition("/")[2]
    assert draft.title in client.get(page).content.decode()
    for other in (users.outsider(), users.official(), users.person("board_member")):
        client.force_login(other)
        text = client.get(page).content.decode()
        assert "It was sent to new@example.org" in text
        assert draft.title not in text
        assert draft.key not in text


@pytest.mark.parametrize("end", ["take_back", "decline"])
def test_an_invitation_that_ended_is_waited_for_no_longer(end: str) -> None:
    draft = cases.draft()
    head = users.applicant(draft.lead, Standing.ADMINISTRATOR)
    holder = users.person_with_password("a long enough phrase")
    request = invite(draft, head, holder.email)
    assert request.invitation is not None
    by = head if end == "take_back" else holder
    getattr(invitations, end)(request.invitation, by=by, at=MOMENT)
    assert standing_of(draft) == []
    assert not policies.signature_requests_to(holder)
    invite(draft, head, "other@example.org")
    assert standing_of(draft) == ["waiting"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_is_too_late() -> None:
    draft = cases.draft()
    signer, by = cases.editor_of(draft.lead), editor(draft)
    request = ask(draft, by=by)
    outcomes = run_concurrently(
        [
            partial(sign_off.sign, draft, by=signer, at=MOMENT),
            partial(signature_requests.take_back, request, by=by, at=MOMENT),
            partial(
                signature_requests.decline, request, reason="No.", by=signer, at=MOMENT
            ),
        ]
    )
    request.refresh_from_db()
    late = [one for one in outcomes if isinstance(one, TooLate)]
    is_signed = any(type(one).__name__ == "Signature" for one in outcomes)
    assert is_signed
    assert len(late) >= 1
    assert request.state in {"signed", "taken_back", "declined"}


# --- pages ------------------------------------------------------------------------


def test_the_task_list_says_who_was_asked_and_shows_no_button_to_who_cannot_send(
    client: Client,
) -> None:
    draft = cases.draft(round=cases.round_(closes_at=None))
    by, signer = editor(draft), cases.editor_of(draft.lead)
    page = reverse("bids:expression", args=[draft.key])
    client.force_login(by)
    text = client.get(page).content.decode()
    assert "Check and send" not in text
    assert f"can sign it off: {signer}" in text
    ask(draft, by=by)
    assert (
        f"{by} asked {signer} on 12 November 2014" in client.get(page).content.decode()
    )
    client.force_login(signer)
    assert "Check and send" in client.get(page).content.decode()
    client.force_login(users.viewer(draft.lead))
    text = client.get(page).content.decode()
    assert "Check and send" not in text
    assert f"by an editor once it is signed off, or by {signer}" in text
    client.force_login(users.outsider())
    for name in ("expression", "expression-sign-off", "expression-decline-to-sign"):
        assert client.get(reverse(f"bids:{name}", args=[draft.key])).status_code == 404


def test_a_section_warns_before_an_edit_ends_the_signature(client: Client) -> None:
    draft = cases.draft(round=cases.round_(closes_at=None))
    by, signer = editor(draft), cases.editor_of(draft.lead)
    client.force_login(by)
    page = reverse("bids:expression-section", args=[draft.key, "the-idea"])
    first = client.get(page).content.decode()
    assert "signed this off" not in first
    signature = sign_off.sign(draft, by=signer, at=MOMENT)
    form = {"title": "Changed", "summary": draft.summary, "signature": ""}

    by_script = client.post(page, form, headers={"accept": "application/json"})
    assert "saving it ends the signature" in by_script.json()["held"]
    unwarned = client.post(page, form)

    text = unwarned.content.decode()
    assert unwarned.status_code == 409
    assert "What you changed is not saved yet" in text
    assert 'value="Changed"' in text
    assert f'name="signature" value="{signature.key}"' in text
    draft.refresh_from_db()
    assert (draft.title, standing_of(draft)) == ("A better front door", ["signed"])

    warned = client.post(page, form | {"signature": signature.key})

    draft.refresh_from_db()
    assert warned.status_code == 302
    assert (draft.title, standing_of(draft)) == ("Changed", ["ended"])
