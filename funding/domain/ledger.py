"""The ledger of the programme's money: lines that never change, and envelopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, Sum

from bids.models import Bid, Envelope
from funding.models import Award, MoneyLine
from funding.models.ledger import MoneyStatus
from innovation.core.clock import financial_year_name
from innovation.core.errors import Invalid
from innovation.core.money import Money
from innovation.core.year_amounts import ABOVE_ZERO

Amounts = Mapping[int, Money]
"""Amounts by the year in which the financial year starts."""

Envelopes = Mapping[int, Envelope | None]
"""The envelope for each year's money. A year without an envelope has no budget."""
_Envelope = TypeVar("_Envelope", bound=Envelope)


def write(
    bid: Bid,
    *,
    status: MoneyStatus,
    amounts: Amounts,
    envelopes: Envelopes,
    source: str,
    at: datetime,
    award: Award | None = None,
) -> None:
    """Append a line for each year. Lines never change; a reversal is a negative line.

    Pass as `envelopes` those of `find_envelopes` before the decision, the locked ones
    at the decision, and the `charged_envelopes` after it, so that an envelope that is
    added later is not charged or credited in place of another.
    """
    MoneyLine.objects.bulk_create(
        MoneyLine(
            envelope=envelopes.get(year),
            bid=bid,
            award=award,
            financial_year=year,
            status=status,
            amount=amount,
            source=source,
            recorded_at=at,
        )
        for year, amount in sorted(amounts.items())
        if amount
    )


def totals(bid: Bid, status: MoneyStatus) -> dict[int, Money]:
    """What a case has at a status, by financial year."""
    return bid.money_lines.filter(status=status).by_year()


def requested_amounts(bid: Bid) -> dict[int, Money]:
    """What the bid asks for, by financial year."""
    return bid.money.by_year()


def find_envelopes(bid: Bid, years: list[int]) -> dict[int, Envelope]:
    """The envelope of each year: the strand's, otherwise the round's.

    A year without an envelope is absent: it has no budget.
    """
    envelopes = Envelope.objects.filter(
        _envelope_filter(bid), round=bid.round_id, financial_year__in=years
    )
    return _by_year(list(envelopes.order_by("pk")))


def lock_envelopes(bid: Bid, years: list[int]) -> dict[int, Envelope]:
    """The same envelopes, locked until the transaction ends.

    They are locked in the order of their ids, so that two decisions cannot deadlock. An
    approval must hold this lock before it reads what is left, or two decisions could
    spend the same money.
    """
    envelopes = Envelope.objects.select_for_update().filter(
        _envelope_filter(bid), round=bid.round_id, financial_year__in=years
    )
    return _by_year(list(envelopes.order_by("pk")))


def charged_envelopes(bid: Bid) -> dict[int, Envelope | None]:
    """The envelopes that the decision charged: those of the first line of each year."""
    lines = bid.money_lines.filter(status=MoneyStatus.APPROVED).order_by("-pk")
    return {
        int(line.financial_year or 0): line.envelope
        for line in lines.select_related("envelope")
    }


def overspends(envelopes: Envelopes, amounts: Amounts) -> dict[int, Money]:
    """The overspend if these amounts are approved, by financial year."""
    overspent = {}
    for year, amount in sorted(amounts.items()):
        envelope = envelopes.get(year)
        remaining = (
            Money(0)
            if envelope is None
            else envelope.amount - approved_amount(envelope)
        )
        if amount > remaining:
            overspent[year] = amount - remaining
    return overspent


def approved_amount(envelope: Envelope) -> Money:
    """What decisions have taken from an envelope so far."""
    return envelope.lines.filter(status=MoneyStatus.APPROVED).total()


@dataclass(frozen=True, slots=True)
class YearBudget:
    """The remaining budget of a year; nothing if it has no envelope."""

    year: int
    budget: Money
    remaining: Money


def budgets(bid: Bid) -> list[YearBudget]:
    """The years in which the bid could be paid, and the remaining budget of each. Takes
    two queries.
    """
    approved = Sum("lines__amount", filter=Q(lines__status=MoneyStatus.APPROVED))
    rows = Envelope.objects.filter(_envelope_filter(bid), round=bid.round_id)
    envelopes = _by_year(list(rows.annotate(approved=approved).order_by("pk")))
    with_envelope = {
        year: YearBudget(
            year, envelope.amount, envelope.amount - (envelope.approved or Money(0))
        )
        for year, envelope in envelopes.items()
    }
    years = sorted(envelopes.keys() | requested_amounts(bid).keys())
    return [
        with_envelope.get(year) or YearBudget(year, Money(0), Money(0))
        for year in years
    ]


def sum_amounts(amounts: Amounts) -> Money:
    return sum(amounts.values(), Money(0))


def check_years(amounts: Amounts) -> None:
    """Raise an error for amounts that are not above zero."""
    for year, amount in amounts.items():
        if amount <= Money(0):
            raise Invalid.field(
                "amounts", f"{ABOVE_ZERO} for {financial_year_name(year)}"
            )


def check_within_request(bid: Bid, amounts: Amounts) -> None:
    """Raise an error if the total is more than the bid requests, because nobody has
    assessed more. The years can differ, and a round need not ask for an amount.
    """
    limit = sum_amounts(requested_amounts(bid))
    if limit and sum_amounts(amounts) > limit:
        raise Invalid.field(
            "amounts", f"The bid asks for {limit} in total. Enter that or less"
        )


def pence_by_year(amounts: Amounts) -> dict[str, int]:
    """Amounts for an event's data: whole pence by year."""
    return {str(year): amount.pence for year, amount in sorted(amounts.items())}


def _envelope_filter(bid: Bid) -> Q:
    return Q(strand__isnull=True) | Q(strand=bid.strand_id)


def _by_year(envelopes: list[_Envelope]) -> dict[int, _Envelope]:
    """The envelope of each year: the strand's, otherwise the round's."""
    by_year: dict[int, _Envelope] = {}
    for envelope in envelopes:
        if envelope.strand_id is not None or envelope.financial_year not in by_year:
            by_year[envelope.financial_year] = envelope
    return by_year
