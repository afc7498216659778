"""Queries for a grant's pages: its timeline, and its money by year and status."""

from dataclasses import dataclass

from bids.domain.queries.history import colleague_names
from funding.models import Award
from funding.models.ledger import MoneyStatus
from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience, Entry
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
