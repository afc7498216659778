"""Payments of instalments: planned, requested by one person, released by another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from funding.domain import award_support, grant_drafts, ledger
from funding.events import FundingEvent
from funding.models import Award, Payment
from funding.models.ledger import MoneyStatus
from funding.policies import (
    refuse_own_organisations,
    require_authoriser,
)
from funding.states import PAYMENT, AwardState, PaymentState
from funding.wording import PLAN_CHANGED
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.clock import financial_year, financial_year_name, london_day
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_date
from innovation.core.money import Money
from innovation.core.rows import lock_row

PLANNABLE_STATES = {AwardState.ACCEPTED, AwardState.ACTIVE, AwardState.CLOSING}
PAYABLE_STATES = {AwardState.ACTIVE, AwardState.CLOSING}


@dataclass(frozen=True, slots=True)
class Instalment:
    amount: Money
    due_on: date


@transaction.atomic
def plan(
    award: Award, *, instalments: Iterable[Instalment], by: User, at: datetime
) -> list[Payment]:
    """Plan when the agreed amounts will be paid, in place of an earlier plan.

    The instalments due in a financial year add up to what was agreed for that year. The
    plan cannot change after one of them has been requested. Drafts of claims stay with
    the instalments of their numbers.
    """
    require_permission(by, Permission.MANAGE_GRANTS, Permission.RELEASE_PAYMENT)
    award = lock_plan(award)
    ordered = sorted(instalments, key=lambda instalment: instalment.due_on)
    _check_sums(award, ordered)
    drafts = grant_drafts.detach(award)
    award.payments.all().delete()
    planned = Payment.objects.bulk_create(
        Payment(
            award=award,
            instalment=number,
            financial_year=financial_year(instalment.due_on),
            amount=instalment.amount,
            due_on=instalment.due_on,
        )
        for number, instalment in enumerate(ordered, start=1)
    )
    grant_drafts.attach(drafts, planned)
    events.record(
        FundingEvent.PAYMENT_PLANNED,
        award,
        by=by,
        at=at,
        data={
            "instalments": [
                {"due_on": i.due_on.isoformat(), "pence": i.amount.pence}
                for i in ordered
            ]
        },
        stage="",
    )
    return planned


@transaction.atomic
def request(payment: Payment, *, by: User, at: datetime) -> Payment:
    """Request an instalment that has fallen due: by the grant manager, or by an
    authoriser of the recipient as its claim.
    """
    require_permission(by, Permission.REQUEST_PAYMENT, Permission.RESPOND_TO_OFFER)
    award, payment = _lock(payment)
    if not by.may(Permission.REQUEST_PAYMENT):
        require_authoriser(by, award)
    payment.state = PAYMENT.next("request", payment.state)
    _refuse_unless_payable(award)
    require_due(payment, at)
    payment.requested_by = by
    payment.requested_at = at
    payment.refusal_reason = ""
    payment.save(
        update_fields=["state", "requested_by", "requested_at", "refusal_reason"]
    )
    events.record(
        FundingEvent.PAYMENT_REQUESTED, payment, by=by, at=at, data=_event_data(payment)
    )
    return payment


@transaction.atomic
def release(payment: Payment, *, by: User, at: datetime) -> Payment:
    """Pay it. Not by the person who requested it, which the database also enforces, nor
    by somebody of an organisation of the case.

    The money belongs to the year in which the instalment was due, whenever it is paid.
    If it is due on 31 March and paid on 20 April, it comes from the envelope that the
    decision charged, so that agreed, paid and returned amounts add up by year.
    `released_at` is when it was paid.
    """
    require_permission(by, Permission.RELEASE_PAYMENT)
    award, payment = _lock(payment)
    payment.state = PAYMENT.next("release", payment.state)
    _refuse_unless_payable(award)
    refuse_own_organisations(by, award_support.bid_of(award), "release it")
    if payment.requested_by_id == by.pk:
        raise NotAllowed(
            "You asked for this payment, so somebody else must release it."
        )
    payment.released_by = by
    payment.released_at = at
    payment.save(update_fields=["state", "released_by", "released_at"])
    _write_to_ledger(award, payment, MoneyStatus.PAID, payment.amount, at)
    events.record(
        FundingEvent.PAYMENT_RELEASED, payment, by=by, at=at, data=_event_data(payment)
    )
    award_support.notify_holders(
        "payment_released", award, at, amount=str(payment.amount)
    )
    return payment


@transaction.atomic
def refuse(payment: Payment, *, reason: str, by: User, at: datetime) -> Payment:
    """Refuse it with a reason. It can be requested again."""
    require_permission(by, Permission.RELEASE_PAYMENT)
    award, payment = _lock(payment)
    _send_back(
        award,
        payment,
        _require_text(reason, "Enter why you are sending it back"),
        by,
        at,
    )
    award_support.notify_holders(
        "payment_refused", award, at, reason=reason, amount=str(payment.amount)
    )
    return payment


def refuse_requested(award: Award, *, reason: str, by: User, at: datetime) -> None:
    """Refuse requested payments as the grant ends, on its locked row. The letter about
    the end says so; they cannot be requested again.
    """
    for payment in award.payments.filter(state=PaymentState.REQUESTED):
        _send_back(award, payment, reason, by, at)


@transaction.atomic
def recover(payment: Payment, *, reason: str, by: User, at: datetime) -> Payment:
    """Record that the recipient has returned a whole instalment. The money goes back to
    the year's envelope.
    """
    require_permission(by, Permission.RELEASE_PAYMENT)
    award, payment = _lock(payment)
    payment.state = PAYMENT.next("recover", payment.state)
    payment.recovery_reason = _require_text(reason, "Enter why it was returned")
    payment.save(update_fields=["state", "recovery_reason"])
    _write_to_ledger(award, payment, MoneyStatus.RECOVERED, payment.amount, at)
    _write_to_ledger(award, payment, MoneyStatus.APPROVED, -payment.amount, at)
    events.record(
        FundingEvent.PAYMENT_RECOVERED, payment, by=by, at=at, data=_event_data(payment)
    )
    award_support.notify_holders(
        "payment_recovered",
        award,
        at,
        reason=payment.recovery_reason,
        amount=str(payment.amount),
    )
    return payment


@transaction.atomic
def reconcile(
    payment: Payment, *, bank_reference: str, by: User, at: datetime
) -> Payment:
    """Match a paid instalment with the bank statement, once."""
    require_permission(by, Permission.RELEASE_PAYMENT)
    _, payment = _lock(payment)
    if payment.released_at is None or payment.reconciled_at is not None:
        raise TooLate("Only a paid instalment not yet reconciled can be reconciled.")
    payment.bank_reference = _require_text(
        bank_reference, "Enter the bank’s reference", field="bank_reference"
    )
    payment.reconciled_at = at
    payment.save(update_fields=["bank_reference", "reconciled_at"])
    events.record(
        FundingEvent.PAYMENT_RECONCILED,
        payment,
        by=by,
        at=at,
        data=_event_data(payment),
    )
    return payment


def lock_plan(award: Award) -> Award:
    """Lock the award, so that no payment is requested until the transaction ends."""
    award = lock_row(award)
    require_open_plan(award)
    return award


def require_open_plan(award: Award) -> None:
    """Refuse before the offer is accepted and after a payment has been requested."""
    if award.state not in PLANNABLE_STATES:
        raise TooLate("You can plan payments once the offer is accepted.")
    if award.payments.exclude(state=PaymentState.PLANNED).exists():
        raise TooLate(
            "You cannot change the plan: a payment has already been asked for."
        )


def require_due(payment: Payment, at: datetime) -> None:
    """No instalment is paid before it falls due, whoever asks for it."""
    if not payment.is_due(london_day(at)):
        raise TooLate(
            f"Instalment {payment.instalment} can be claimed from "
            f"{format_date(payment.due_on)}, when it falls due."
        )


def _lock(payment: Payment) -> tuple[Award, Payment]:
    """Lock the award, then the payment, so that a suspension and a release cannot
    overlap and a new plan cannot delete the payment.
    """
    award = lock_row(payment.award)
    payment = lock_row(payment, missing_message=PLAN_CHANGED)
    payment.award = award
    return award, payment


def _refuse_unless_payable(award: Award) -> None:
    if award.state not in PAYABLE_STATES:
        raise TooLate(f"Nothing is paid while the award is {award.state}.")


def _check_sums(award: Award, instalments: list[Instalment]) -> None:
    if any(instalment.amount <= Money(0) for instalment in instalments):
        raise Invalid.field("instalments", "Enter amounts above £0")
    planned: dict[int, Money] = {}
    for instalment in instalments:
        year = financial_year(instalment.due_on)
        planned[year] = planned.get(year, Money(0)) + instalment.amount
    agreed = award.years.by_year()
    problems = [
        f"{financial_year_name(year)} must add up to "
        f"{agreed.get(year, Money(0))}, not {planned.get(year, Money(0))}"
        for year in sorted(agreed.keys() | planned.keys())
        if agreed.get(year) != planned.get(year)
    ]
    if problems:
        raise Invalid({"instalments": problems})


def _send_back(
    award: Award, payment: Payment, reason: str, by: User, at: datetime
) -> None:
    payment.state = PAYMENT.next("refuse", payment.state)
    payment.refusal_reason = reason
    payment.save(update_fields=["state", "refusal_reason"])
    events.record(
        FundingEvent.PAYMENT_REFUSED, payment, by=by, at=at, data=_event_data(payment)
    )


def _require_text(text: str, sentence: str, field: str = "reason") -> str:
    if not text.strip():
        raise Invalid.field(field, sentence)
    return text.rstrip()


def _write_to_ledger(
    award: Award, payment: Payment, status: MoneyStatus, amount: Money, at: datetime
) -> None:
    bid = award_support.bid_of(award)
    ledger.write(
        bid,
        status=status,
        amounts={payment.financial_year: amount},
        envelopes=ledger.charged_envelopes(bid),
        source=f"payment {payment.key}",
        at=at,
        award=award,
    )


def _event_data(payment: Payment) -> dict[str, object]:
    return {
        "award": payment.award.key,
        "instalment": payment.instalment,
        "pence": payment.amount.pence,
    }
