"""Nothing can be sent without the signature of an authoriser of the organisation."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import bids, drafts, expressions, sign_off, signatures
from bids.domain.answer_versions import DraftAnswer
from bids.models import Expression, Signature
from innovation.accounts.models import Standing, User
from innovation.accounts.models.membership import Office
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_moment
from tests.database_guards import force_update
from tests.dates import MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
WHOLE_TEXT = {"agreed": "on"}


def editor(draft: Expression) -> User:
    return users.applicant(draft.lead, Standing.EDITOR)


def sign_draft(draft: Expression) -> Signature:
    return sign_off.sign(draft, by=cases.editor_of(draft.lead), at=MOMENT)


@pytest.mark.parametrize("standing", [Standing.EDITOR, Standing.ADMINISTRATOR])
def test_who_does_not_sign_sends_once_somebody_has(standing: str) -> None:
    draft = cases.draft()
    by = users.applicant(draft.lead, standing)
    with pytest.raises(Invalid, match="must sign this off before it can be sent"):
        expressions.submit(draft, by=by, at=MOMENT)
    assert Expression.objects.get().state == "draft"

    signature = sign_draft(draft)
    expression = expressions.submit(draft, by=by, at=moment_after(hours=1))

    assert (expression.state, expression.submitted_by) == ("submitted", by)
    event = expression.chain.events.get(name="expression.submitted")
    assert event.data == {
        "signature": signature.key,
        "signed_by": signature.signed_by.key,
    }


def test_an_authoriser_who_sends_it_signs_by_that() -> None:
    draft = cases.draft()
    by = cases.editor_of(draft.lead)
    expressions.submit(draft, by=by, at=MOMENT)
    signature = draft.signatures.get()
    assert (signature.signed_by, signature.ended_at) == (by, None)


def test_an_administrator_signs_who_holds_an_office() -> None:
    draft = cases.draft()
    head = users.applicant(draft.lead, Standing.ADMINISTRATOR)
    head.memberships.update(office=Office.SECTION_151)
    expressions.submit(draft, by=head, at=MOMENT)
    assert draft.signatures.get().office == "Section 151 officer"


def test_an_edit_takes_the_signature_away() -> None:
    draft = cases.draft()
    by, signature = editor(draft), sign_draft(draft)
    expressions.save(
        draft, facts={"title": draft.title}, by=by, at=moment_after(hours=1)
    )
    assert signatures.current_signature(draft) == signature

    expressions.save(draft, facts={"title": "Another"}, by=by, at=moment_after(hours=2))

    signature.refresh_from_db()
    assert signature.ended_at == moment_after(hours=2)
    assert draft.chain.events.get(name="expression.signature_ended").actor == by.key
    with pytest.raises(Invalid, match="must sign"):
        expressions.submit(draft, by=by, at=moment_after(hours=3))
    second = sign_off.sign(
        draft, by=cases.editor_of(draft.lead), at=moment_after(hours=3)
    )
    assert (
        expressions.submit(draft, by=by, at=moment_after(hours=3)).state == "submitted"
    )
    assert set(draft.signatures.all()) == {signature, second}


def test_so_does_what_the_page_saves_by_itself() -> None:
    draft = cases.draft()
    by = editor(draft)
    sign_draft(draft)
    raw_input = {"title": ["Better still"]}
    part = DraftAnswer(raw_input=raw_input, facts={"title": "Better still"})
    drafts.save(draft, {"title": part}, by=by, at=moment_after(hours=1), autosaved=True)
    assert signatures.current_signature(draft) is None


def test_only_an_authoriser_of_the_lead_signs() -> None:
    draft = cases.draft()
    for by in (editor(draft), users.viewer(draft.lead), users.outsider()):
        with pytest.raises(NotAllowed):
            sign_off.sign(draft, by=by, at=MOMENT)
    unconfirmed = users.applicant(draft.lead)
    force_update(unconfirmed.memberships.all(), confirmed_at=None, confirmed_by="")
    with pytest.raises(NotAllowed):
        sign_off.sign(draft, by=unconfirmed, at=MOMENT)
    assert not Signature.objects.exists()


def test_nobody_signs_half_of_it_or_twice_or_what_was_sent() -> None:
    incomplete, complete = cases.draft(complete=False), cases.draft()
    with pytest.raises(Invalid):
        sign_draft(incomplete)
    sign_draft(complete)
    with pytest.raises(TooLate, match="already signed off"):
        sign_draft(complete)
    expressions.submit(complete, by=cases.editor_of(complete.lead), at=MOMENT)
    with pytest.raises(TooLate):
        sign_draft(complete)


def test_the_database_holds_one_live_signature() -> None:
    draft = cases.draft()
    first = sign_draft(draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            expression=draft, signed_by=first.signed_by, signed_at=MOMENT
        )


def test_a_bid_is_signed_as_well() -> None:
    bid = cases.bid_in_development()
    by = users.applicant(bid.lead, Standing.EDITOR)
    with pytest.raises(Invalid, match="must sign"):
        bids.submit(bid, by=by, at=MOMENT)
    sign_off.sign(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    assert bids.submit(bid, by=by, at=MOMENT).state == "submitted"


def test_what_the_coach_changes_must_be_signed_again() -> None:
    bid = cases.bid_in_development()
    coach = users.assign(users.coach(), bid.expression)
    sign_off.sign(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    bids.save(
        bid, facts={"summary": "Other words."}, by=coach, at=moment_after(hours=1)
    )
    assert signatures.current_signature(bid) is None


def test_it_is_signed_and_sent_on_pages_by_two_people(client: Client) -> None:
    round = cases.round_(closes_at=None)
    draft = cases.draft(round=round)
    by = editor(draft)
    check, sign, ask = (
        reverse(f"bids:expression-{page}", args=[draft.key])
        for page in ("check", "sign", "ask-to-sign")
    )
    client.force_login(by)
    assert "Ask for sign-off" in client.get(check).content.decode()
    assert client.get(sign).status_code == 403
    refused = client.post(check, WHOLE_TEXT)
    assert refused.status_code == 422
    assert "must sign this off" in refused.content.decode()
    signer = cases.editor_of(draft.lead)
    assert client.post(ask, {"of": signer.key}).status_code == 302

    client.force_login(cases.editor_of(draft.lead))
    assert client.post(sign, WHOLE_TEXT).status_code == 302
    client.force_login(by)
    page = client.get(check).content.decode()
    assert f"Signed by {signer}" in page
    signed_at = format_moment(draft.signatures.get().signed_at)
    assert f"on {signed_at}. If you edit this, it must be signed again." in page
    assert client.post(check, WHOLE_TEXT)["Location"].endswith("/sent")

    client.force_login(users.outsider())
    for page in (check, sign, ask):
        assert client.post(page, WHOLE_TEXT).status_code == 404
