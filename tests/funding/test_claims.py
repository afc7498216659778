"""Claims: drafted by the holder’s people, with files, and sent when they are due."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from funding.domain import claims, payments
from funding.models import Claim, GrantDraft, Payment
from innovation.accounts.models import User
from innovation.core.clock import london_day
from innovation.core.errors import TooLate
from innovation.core.money import Money
from innovation.documents.policies import documents_for
from tests import edit_forms
from tests.concurrency import run_concurrently
from tests.database_guards import disable_guards
from tests.documents import sample_files
from tests.factories import grants, users
from tests.funding.page_requests import client_for, get_status, page_of, page_url
from tests.narrowing import not_none

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def colleague_of(payment: Payment) -> User:
    return users.applicant(not_none(payment.award.lead), "editor")


def readable_by(person: User) -> list[str]:
    return list(documents_for(person).values_list("name", flat=True))


def test_a_colleague_drafts_and_an_authoriser_sends() -> None:
    payment = grants.planned_payment()
    holder, colleague = grants.recipient_of(payment.award), colleague_of(payment)
    official, finance = users.official(), users.finance()
    address, client = page_url("grant-claim", payment), client_for(colleague)
    page = client.get(address).content.decode()
    for words in (
        payment.award.title,
        "20 November 2014 to 20 November 2014",
        "£8,000",
        "Paid to you so far",
        "Only an authoriser of",
    ):
        assert words in page
    assert "Claim the payment</button>" not in page
    typed = {"save": "yes", "spent": "about twelve", "note": "For staff."}
    files = {"chosen": [sample_files.upload("invoice.pdf")]}
    saved = edit_forms.post_edit(client, address, {**typed, **files})
    assert saved.status_code == 302

    page = page_of(holder, "grant-claim", payment)
    for words in ("about twelve", "For staff.", "invoice.pdf", str(colleague)):
        assert words in page
    before = [
        page_of(official, "award-money", payment.award),
        page_of(official, "award-history", payment.award),
        page_of(finance, "payment", payment),
    ]
    assert not any("invoice.pdf" in each for each in before)
    assert not any("added a file" in each for each in before)
    assert (readable_by(official), readable_by(finance)) == ([], [])
    assert readable_by(holder) == readable_by(colleague) == ["invoice.pdf"]

    client = client_for(holder)
    refused = edit_forms.post_edit(client, address, {})
    assert refused.status_code == 422
    assert "Enter an amount in pounds" in refused.content.decode()
    assert "about twelve" in refused.content.decode()
    assert edit_forms.post_edit(client, address, {"spent": "0"}).status_code == 302

    payment.refresh_from_db()
    claim = Claim.objects.get()
    assert (payment.state, payment.requested_by, claim.spent, claim.note) == (
        "requested",
        holder,
        Money(0),
        "For staff.",
    )
    assert not GrantDraft.objects.exists()
    page = page_of(finance, "payment", payment)
    for words in ("invoice.pdf", "For staff.", f"{holder} claimed it"):
        assert words in page
    assert readable_by(finance) == ["invoice.pdf"]
    assert get_status(holder, "grant-claim", payment) == 409


def test_no_instalment_is_asked_for_before_it_falls_due() -> None:
    payment = grants.planned_payment()
    early = grants.MEETING_AT - timedelta(days=1)
    holder = grants.recipient_of(payment.award)
    with pytest.raises(TooLate, match="from 20 November 2014"):
        payments.request(payment, by=users.grant_manager(), at=early)
    with pytest.raises(TooLate, match="from 20 November 2014"):
        claims.send(payment, spent=Money(0), by=holder, at=early)
    payments.request(payment, by=users.grant_manager(), at=grants.MEETING_AT)
    assert Payment.objects.get().state == "requested"


def test_pages_say_from_which_day_an_instalment_can_be_claimed() -> None:
    award = grants.active_award()
    far = london_day(grants.MEETING_AT).replace(year=2015, month=3)
    [payment] = payments.plan(
        award,
        instalments=[payments.Instalment(not_none(award.amount), far)],
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )
    with disable_guards(Payment):
        Payment.objects.update(due_on=far.replace(year=2100))
    holder = grants.recipient_of(award)
    words = "an be claimed from 20 March 2100"
    assert words in page_of(holder, "grant", award)
    assert words in page_of(users.grant_manager(), "award-money", award)
    page = page_of(holder, "grant-claim", payment)
    assert "You can claim this payment from 20 March 2100" in page
    assert "Claim the payment</button>" not in page
    sent = edit_forms.post_edit(
        client_for(holder), page_url("grant-claim", payment), {"spent": "0"}
    )
    assert sent.status_code == 409


def test_a_payment_sent_back_is_claimed_again_and_the_first_claim_stays() -> None:
    payment = grants.planned_payment()
    holder, at = grants.recipient_of(payment.award), grants.MEETING_AT
    claims.send(payment, spent=Money(100), note="First.", by=holder, at=at)
    payments.refuse(payment, reason="No invoice.", by=users.finance(), at=at)
    page = page_of(holder, "grant-claim", payment)
    assert "No invoice." in page
    assert "£1, as you told us on 20 November 2014" in page
    claims.send(payment, spent=Money(200), note="Second.", by=holder, at=at)
    assert [claim.note for claim in Claim.objects.all()] == ["First.", "Second."]
    page = page_of(users.finance(), "payment", payment)
    assert page.index("First.") < page.index("Second.")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE funding_claim SET spent = 1",
        "DELETE FROM funding_claim",
        "UPDATE funding_grantfile SET removed_at = now()",
        "UPDATE funding_grantfile SET sent_at = now()",
        "DELETE FROM funding_grantfile",
    ],
)
def test_the_database_keeps_what_was_sent(statement: str) -> None:
    payment = grants.planned_payment()
    claims.send(
        payment,
        spent=Money(0),
        files=[sample_files.upload("invoice.pdf")],
        by=grants.recipient_of(payment.award),
        at=grants.MEETING_AT,
    )
    with (
        pytest.raises(ProgrammingError, match="is evidence"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_of_two_claims_at_once_one_is_sent() -> None:
    payment = grants.planned_payment()
    holder = grants.recipient_of(payment.award)
    outcomes = run_concurrently(
        [lambda: claims.send(payment, spent=Money(0), by=holder, at=grants.MEETING_AT)]
        * 2
    )
    assert [type(each) for each in outcomes].count(TooLate) == 1
    assert Claim.objects.count() == 1
