"""Queries for a grant's pages: its timeline, and its money by year and status."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bids.domain.queries.history import colleague_names
from funding.domain.award_support import bid_of
from funding.models import Award, OutcomeActual, Payment
from funding.models.ledger import MoneyStatus
from funding.states import PaymentState
from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience, Entry
from innovation.core.formatting import format_date, format_number
from innovation.core.money import Money

STATUS_COLUMNS = [
    MoneyStatus.APPROVED,
    MoneyStatus.AGREED,
    MoneyStatus.PAID,
    MoneyStatus.RECOVERED,
]


def timeline(award: Award, reader: User) -> list[Entry]:
    """The timeline. The department sees all names, the recipient its own people's."""
    if reader.may(Permission.READ_AWARDS):
        return presenters.timeline(award.chain, [Audience.DEPARTMENT], names_by_key)
    return presenters.timeline(
        award.chain, [Audience.APPLICANT], colleague_names(award.lead_id)
    )


@dataclass(frozen=True, slots=True)
class YearMoney:
    year: int | None
    amounts: list[Money]
    """Amounts in the order of `STATUS_COLUMNS`."""


def money_by_year(award: Award) -> list[YearMoney]:
    """Sums of the ledger's lines, a row for each financial year."""
    lines = award.bid.money_lines if award.bid else award.money_lines
    sums: dict[int | None, dict[str, Money]] = {}
    rows = lines.order_by("financial_year").values_list(
        "financial_year", "status", "amount"
    )
    for year, status, amount in rows:
        by_status = sums.setdefault(year, {})
        by_status[status] = by_status.get(status, Money(0)) + amount
    return [
        YearMoney(year, [by_status.get(status, Money(0)) for status in STATUS_COLUMNS])
        for year, by_status in sums.items()
    ]


def paid_so_far(award: Award) -> Money:
    """What was paid and has not been returned."""
    payments = award.payments.all()
    paid = [row.amount for row in payments if row.state == PaymentState.PAID]
    return sum(paid, Money(0))


def period_of(payment: Payment) -> tuple[date, date]:
    """The days that an instalment is for: from the one before, or from the offer."""
    before = payment.award.payments.filter(instalment__lt=payment.instalment)
    last = before.order_by("-instalment").first()
    return (last.due_on if last else payment.award.dated_on), payment.due_on


@dataclass(frozen=True, slots=True)
class MeasuredOutcome:
    """An outcome of the project, and what was reported of it last."""

    pk: int
    description: str
    measure: str
    baseline: Decimal | None
    target: Decimal | None
    target_on: date | None
    latest: Decimal | None

    @property
    def hint(self) -> str:
        parts = [f"Measured as: {self.measure}"]
        if self.baseline is not None:
            parts.append(f"Baseline: {format_number(self.baseline)}")
        if self.target is not None:
            by = f" by {format_date(self.target_on)}" if self.target_on else ""
            parts.append(f"Target: {format_number(self.target)}{by}")
        if self.latest is not None:
            parts.append(f"Last reported: {format_number(self.latest)}")
        return ". ".join(parts)


def measured_outcomes(award: Award) -> list[MeasuredOutcome]:
    """The outcomes of the award's bid in the order in which they were written."""
    if award.bid_id is None:
        return []
    reported = OutcomeActual.objects.filter(report__award=award).order_by(
        "report__handed_in_at", "pk"
    )
    latest = dict(reported.values_list("outcome", "value"))
    return [
        MeasuredOutcome(
            pk=outcome.pk,
            description=outcome.description,
            measure=outcome.measure,
            baseline=outcome.baseline,
            target=outcome.target,
            target_on=outcome.due_on,
            latest=latest.get(outcome.pk),
        )
        for outcome in bid_of(award).outcomes.all()
    ]
