"""Nothing is sent without the name of somebody who may sign for the organisation."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import bids, drafts, expressions, signatures, signing
from bids.domain.drafts import Part
from bids.models import Expression, Signature
from innovation.accounts.models import Standing, User
from innovation.accounts.models.membership import Office
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.notifications.models import Letter
from tests import cases, cast
from tests.dates import MOMENT, later
from tests.unguarded import rewrite

pytestmark = pytest.mark.django_db
WHOLE = {"agreed": "on"}


def editor(draft: Expression) -> User:
    return cast.applicant(draft.lead, Standing.EDITOR)


def signed(draft: Expression) -> Signature:
    return signing.sign(draft, by=cases.editor_of(draft.lead), at=MOMENT)


@pytest.mark.parametrize("standing", [Standing.EDITOR, Standing.ADMINISTRATOR])
def test_who_does_not_sign_sends_once_somebody_has(standing: str) -> None:
    draft = cases.draft()
    by = cast.applicant(draft.lead, standing)
    with pytest.raises(Invalid, match="must sign this off before it can be sent"):
        expressions.submit(draft, by=by, at=MOMENT)
    assert Expression.objects.get().state == "draft"

    signature = signed(draft)
    sent = expressions.submit(draft, by=by, at=later(hours=1))

    assert (sent.state, sent.submitted_by) == ("submitted", by)
    told = sent.chain.events.get(name="expression.submitted")
    assert told.data == {
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
    head = cast.applicant(draft.lead, Standing.ADMINISTRATOR)
    head.memberships.update(office=Office.SECTION_151)
    expressions.submit(draft, by=head, at=MOMENT)
    assert draft.signatures.get().office == "Section 151 officer"


def test_an_edit_takes_the_signature_away() -> None:
    draft = cases.draft()
    by, signature = editor(draft), signed(draft)
    expressions.save(draft, facts={"title": draft.title}, by=by, at=later(hours=1))
    assert signatures.live(draft) == signature

    expressions.save(draft, facts={"title": "Another"}, by=by, at=later(hours=2))

    signature.refresh_from_db()
    assert signature.ended_at == later(hours=2)
    assert draft.chain.events.get(name="expression.signature_ended").actor == by.key
    with pytest.raises(Invalid, match="must sign"):
        expressions.submit(draft, by=by, at=later(hours=3))
    again = signing.sign(draft, by=cases.editor_of(draft.lead), at=later(hours=3))
    assert expressions.submit(draft, by=by, at=later(hours=3)).state == "submitted"
    assert set(draft.signatures.all()) == {signature, again}


def test_so_does_what_the_page_saves_by_itself() -> None:
    draft = cases.draft()
    by = editor(draft)
    signed(draft)
    typed = {"title": ["Better still"]}
    part = Part(typed=typed, facts={"title": "Better still"})
    drafts.save(draft, {"title": part}, by=by, at=later(hours=1), autosaved=True)
    assert signatures.live(draft) is None


def test_only_an_authoriser_of_the_lead_signs() -> None:
    draft = cases.draft()
    for by in (editor(draft), cast.viewer(draft.lead), cast.outsider()):
        with pytest.raises(NotAllowed):
            signing.sign(draft, by=by, at=MOMENT)
    unconfirmed = cast.applicant(draft.lead)
    rewrite(unconfirmed.memberships.all(), confirmed_at=None, confirmed_by="")
    with pytest.raises(NotAllowed):
        signing.sign(draft, by=unconfirmed, at=MOMENT)
    assert not Signature.objects.exists()


def test_nobody_signs_half_of_it_or_twice_or_what_was_sent() -> None:
    half, whole = cases.draft(complete=False), cases.draft()
    with pytest.raises(Invalid):
        signed(half)
    signed(whole)
    with pytest.raises(TooLate, match="signed off already"):
        signed(whole)
    expressions.submit(whole, by=cases.editor_of(whole.lead), at=MOMENT)
    with pytest.raises(TooLate):
        signed(whole)


def test_the_database_holds_one_live_signature() -> None:
    draft = cases.draft()
    first = signed(draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            expression=draft, signed_by=first.signed_by, signed_at=MOMENT
        )


def test_a_bid_is_signed_as_well() -> None:
    bid = cases.bid_in_development()
    by = cast.applicant(bid.lead, Standing.EDITOR)
    with pytest.raises(Invalid, match="must sign"):
        bids.submit(bid, by=by, at=MOMENT)
    signing.sign(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    assert bids.submit(bid, by=by, at=MOMENT).state == "submitted"


def test_what_the_coach_changes_must_be_signed_again() -> None:
    bid = cases.bid_in_development()
    coach = cast.assign(cast.coach(), bid.expression)
    signing.sign(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    bids.save(bid, facts={"summary": "Other words."}, by=coach, at=later(hours=1))
    assert signatures.live(bid) is None


def test_asking_writes_to_the_authorisers_of_the_lead_alone() -> None:
    draft = cases.draft()
    by = editor(draft)
    cast.outsider()
    signing.ask(draft, by=by, at=MOMENT)
    told = Letter.objects.filter(kind="signature_asked")
    assert [letter.recipient for letter in told] == [cases.editor_of(draft.lead)]
    with pytest.raises(NotAllowed):
        signing.ask(draft, by=cast.outsider(), at=MOMENT)


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
    refused = client.post(check, WHOLE)
    assert refused.status_code == 422
    assert "must sign this off" in refused.content.decode()
    assert client.post(ask).status_code == 302

    client.force_login(cases.editor_of(draft.lead))
    assert client.post(sign, WHOLE).status_code == 302
    client.force_login(by)
    assert "Signed off by" in client.get(check).content.decode()
    assert client.post(check, WHOLE)["Location"].endswith("/sent")

    client.force_login(cast.outsider())
    for page in (check, sign, ask):
        assert client.post(page, WHOLE).status_code == 404
