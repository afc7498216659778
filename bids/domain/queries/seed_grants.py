"""What an organisation has asked for in seed grants in a financial year.

As the database counts it when an application is sent: `bids_seed_within_year`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from bids import conflicts, policies
from bids.domain.queries.history import colleague_names
from bids.models import Expression, MoneyAsked
from bids.models.round import SEED_MAXIMUM, Route
from bids.states import BidState, ExpressionState
from innovation.accounts.models import User
from innovation.core import clock, statements
from innovation.core.money import Money
from innovation.organisations.models import Organisation

_COUNTED = (
    ExpressionState.SUBMITTED,
    ExpressionState.CLARIFICATION,
    ExpressionState.TAKEN_FORWARD,
)
_GIVEN_BACK = (BidState.DECLINED, BidState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class SeedRequest:
    key: str
    title: str
    sent_by: str
    sent_at: datetime | None
    amount: Money


@dataclass(frozen=True, slots=True)
class SeedAllowance:
    organisation: str
    year: int
    requests: Sequence[SeedRequest] | None
    """What counts towards the limit; `None` if the reader may not know."""

    @property
    def year_name(self) -> str:
        return clock.financial_year_name(self.year)

    @property
    def limit(self) -> Money:
        return SEED_MAXIMUM

    @property
    def left(self) -> Money | None:
        """What can still be asked for; `None` if the reader may not know."""
        if self.requests is None:
            return None
        return SEED_MAXIMUM - sum((row.amount for row in self.requests), Money(0))


def allowance(lead: Organisation, reader: User, at: datetime) -> SeedAllowance:
    """The organisation's seed grants of the financial year of `at`. Somebody who waits
    to be confirmed in it may not know them. An interest that the reader has declared in
    one of them hides the sum: it would tell what became of that one.
    """
    year = clock.financial_year(clock.london_day(at))
    if not policies.is_member_of(reader, lead):
        return SeedAllowance(lead.name, year, None)
    if closed := conflicts.expression_ids_closed_to(reader):
        of_lead = Expression.objects.filter(lead=lead, round__route=Route.SEED)
        if of_lead.filter(pk__in=closed).exists():
            return SeedAllowance(lead.name, year, None)
    rows = statements.fetch(_requests, lead.pk, variant=(year,))
    senders = {sender for _, _, sender, _, _ in rows}
    names = colleague_names(lead.pk)(senders) if senders else {}
    requests = [
        SeedRequest(key, title, names[sender], sent_at, amount)
        for key, title, sender, sent_at, amount in rows
    ]
    return SeedAllowance(lead.name, year, requests)


def _requests(
    year: int, lead: int
) -> "QuerySet[MoneyAsked, tuple[str, str, str, datetime | None, Money]]":
    rows = MoneyAsked.objects.filter(
        expression__lead=lead,
        expression__round__route=Route.SEED,
        expression__state__in=_COUNTED,
        financial_year=year,
    ).exclude(expression__bid__state__in=_GIVEN_BACK)
    return rows.order_by("expression__submitted_at", "pk").values_list(
        "expression__key",
        "expression__title",
        "expression__submitted_by__key",
        "expression__submitted_at",
        "amount",
    )
