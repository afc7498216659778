"""The programme's money: lines written once, and the envelopes they draw on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, Sum

from bids.models import Bid, Envelope
from funding.models import Award, MoneyLine
from funding.models.ledger import MoneyStatus
from innovation.core.clock import financial_year_name
from innovation.core.errors import Invalid
from innovation.core.money import Money
from innovation.core.year_amounts import ABOVE_ZERO

Amounts = Mapping[int, Money]
"""Pounds and pence by the year in which the financial year begins."""

Envelopes = Mapping[int, Envelope | None]
"""Where each year's money comes from. A year without an envelope has no budget."""


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
    """Append a line a year. Lines are never changed; a reversal is a negative line.

    `envelopes` are those that `find_envelopes` finds before the decision, those locked
    at the decision, and the `charged_envelopes` from then on: an envelope added later
    must neither be charged nor given back what another was charged.
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
    """The envelope each year's money comes from: the strand's own before the round's.

    A year without an envelope is absent: it has no budget at all.
    """
    found = Envelope.objects.filter(
        _envelope_filter(bid), round=bid.round_id, financial_year__in=years
    )
    return _by_year(list(found.order_by("pk")))


def lock_envelopes(bid: Bid, years: list[int]) -> dict[int, Envelope]:
    """The same envelopes, locked until the transaction ends.

    Always in the order of their ids: two decisions that share two envelopes would
    otherwise wait for each other for ever. Whoever approves must hold this lock before
    asking what is left, or two decisions each see room for themselves.
    """
    found = Envelope.objects.select_for_update().filter(
        _envelope_filter(bid), round=bid.round_id, financial_year__in=years
    )
    return _by_year(list(found.order_by("pk")))


def charged_envelopes(bid: Bid) -> dict[int, Envelope | None]:
    """The envelopes the decision took the money from: it wrote the first line of each
    year.
    """
    lines = bid.money_lines.filter(status=MoneyStatus.APPROVED).order_by("-pk")
    return {
        int(line.financial_year or 0): line.envelope
        for line in lines.select_related("envelope")
    }


def overspends(envelopes: Envelopes, amounts: Amounts) -> dict[int, Money]:
    """By how much approving these amounts would overspend, by financial year."""
    over = {}
    for year, amount in sorted(amounts.items()):
        envelope = envelopes.get(year)
        left = (
            Money(0)
            if envelope is None
            else envelope.amount - approved_amount(envelope)
        )
        if amount > left:
            over[year] = amount - left
    return over


def approved_amount(envelope: Envelope) -> Money:
    """What decisions have taken from an envelope so far."""
    return envelope.lines.filter(status=MoneyStatus.APPROVED).total()


@dataclass(frozen=True, slots=True)
class YearBudget:
    """What the envelope of a year has left. No envelope: nothing to spend."""

    year: int
    budget: Money
    remaining: Money


def budgets(bid: Bid) -> list[YearBudget]:
    """The years the bid could be paid in, and what is left in each. One query more
    than `asked`.
    """
    taken = Sum("lines__amount", filter=Q(lines__status=MoneyStatus.APPROVED))
    found = Envelope.objects.filter(_envelope_filter(bid), round=bid.round_id)
    envelopes = _by_year(list(found.annotate(taken=taken).order_by("pk")))
    return [
        YearBudget(
            year,
            envelopes[year].amount if year in envelopes else Money(0),
            _remaining(envelopes.get(year)),
        )
        for year in sorted(envelopes.keys() | requested_amounts(bid).keys())
    ]


def _remaining(envelope: Any) -> Money:
    if envelope is None:
        return Money(0)
    remaining: Money = envelope.amount - (envelope.taken or Money(0))
    return remaining


def sum_amounts(amounts: Amounts) -> Money:
    return sum(amounts.values(), Money(0))


def check_years(amounts: Amounts) -> None:
    """Refuse amounts that are not above zero."""
    wrong = [year for year, amount in amounts.items() if amount <= Money(0)]
    if wrong:
        raise Invalid.field(
            "amounts", f"{ABOVE_ZERO} for {financial_year_name(wrong[0])}"
        )


def check_within_request(bid: Bid, amounts: Amounts) -> None:
    """Refuse more in all than the bid asks for: nobody has assessed more. The years may
    be others than those asked for, and a round's questions need not ask for a sum.
    """
    most = sum_amounts(requested_amounts(bid))
    if most and sum_amounts(amounts) > most:
        raise Invalid.field(
            "amounts", f"The bid asks for {most} in all. Enter that or less"
        )


def pence_by_year(amounts: Amounts) -> dict[str, int]:
    """Amounts as an event keeps them: whole pence by year."""
    return {str(year): amount.pence for year, amount in sorted(amounts.items())}


def _envelope_filter(bid: Bid) -> Q:
    return Q(strand__isnull=True) | Q(strand=bid.strand_id)


def _by_year(envelopes: list[Envelope]) -> dict[int, Envelope]:
    chosen: dict[int, Envelope] = {}
    for envelope in envelopes:
        if envelope.strand_id is not None or envelope.financial_year not in chosen:
            chosen[envelope.financial_year] = envelope
    return chosen
