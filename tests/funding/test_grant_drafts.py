"""Drafts of claims and reports: who writes them, and what becomes of them."""

import pytest

from funding.domain import claims, grant_drafts, payments
from funding.models import GrantFile, Payment
from innovation.accounts.models import User
from innovation.core.errors import Invalid, NotAllowed
from innovation.core.money import Money
from tests.documents import sample_files
from tests.factories import grants, users
from tests.funding.page_requests import get_status, page_of
from tests.narrowing import not_none

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def colleague_of(payment: Payment) -> User:
    return users.applicant(not_none(payment.award.lead), "editor")


def test_only_the_holders_people_draft_and_only_an_authoriser_sends() -> None:
    payment = grants.planned_payment()
    outsider = users.applicant(users.organisation("Elsewhere"))
    viewer = users.viewer(not_none(payment.award.lead))
    assert get_status(outsider, "grant-claim", payment) == 404
    assert get_status(viewer, "grant-claim", payment) == 403
    for person in (outsider, viewer, users.official(), users.grant_manager()):
        with pytest.raises(NotAllowed):
            grant_drafts.save(payment, values={}, by=person, at=grants.MEETING_AT)
    colleague = colleague_of(payment)
    grant_drafts.save(payment, values={}, by=colleague, at=grants.MEETING_AT)
    with pytest.raises(NotAllowed):
        claims.send(payment, spent=Money(0), by=colleague, at=grants.MEETING_AT)
    too_much = not_none(payment.award.amount) + Money(1)
    holder = grants.recipient_of(payment.award)
    with pytest.raises(Invalid):
        claims.send(payment, spent=too_much, by=holder, at=grants.MEETING_AT)
    assert Payment.objects.get().state == "planned"


def test_what_was_drafted_stays_when_the_payments_are_planned_anew() -> None:
    award = grants.active_award()
    holder, manager = grants.recipient_of(award), users.grant_manager()
    half, at = Money.pounds(4_000), grants.MEETING_AT
    instalment = payments.Instalment(half, grants.DUE_ON)
    plan = payments.plan(award, instalments=[instalment] * 2, by=manager, at=at)
    for number, payment in enumerate(plan, start=1):
        grant_drafts.save(
            payment,
            values={"note": f"For instalment {number}."},
            files=[sample_files.upload(f"{number}.pdf")],
            by=holder,
            at=at,
        )
    removed = GrantFile.objects.get(document__name="1.pdf")
    grant_drafts.save(
        plan[0], values={"note": "One."}, removed=[removed.key], by=holder, at=at
    )

    grants.planned_payment(award)

    page = page_of(holder, "grant-claim", Payment.objects.get())
    for words in ("One.", "For instalment 2.", "2.pdf"):
        assert words in page
    assert "1.pdf" not in page
