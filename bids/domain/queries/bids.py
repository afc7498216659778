"""The list of bids over the API: what its reader may know of their state, and what the
list can be narrowed by.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from bids import announcements
from bids.domain.queries.case_filters import CaseFilters
from bids.models import Bid
from bids.states import BidState
from innovation.accounts.models import User
from innovation.accounts.roles import Permission


@dataclass(frozen=True, kw_only=True)
class BidFilters(CaseFilters[Bid]):
    """For rows `with_disclosed_state`."""

    state: str = ""

    def narrow(self, rows: QuerySet[Bid]) -> QuerySet[Bid]:
        rows = super().narrow(rows)
        return rows.filter(Q(disclosed_state=self.state)) if self.state else rows


def with_disclosed_state(
    rows: QuerySet[Bid], reader: User, *, on: date
) -> QuerySet[Bid]:
    """The state that the reader's own page would name on this day. An approval is told
    to nobody before the day its award is announced (ADR 5). Where a bid is between
    assessment and decision is the department's to know: an applicant's page says “being
    considered” throughout.
    """
    announced = announcements.announced_by(on)
    works = reader.is_authenticated and reader.may(Permission.READ_CASES)
    considered = BidState.WITH_MINISTER if works else BidState.ASSESSED
    secret = When(~announced, state=BidState.APPROVED, then=Value(considered.value))
    under_way = [BidState.AT_BOARD, BidState.WITH_MINISTER]
    before = [] if works else [When(state__in=under_way, then=Value(considered.value))]
    return rows.annotate(
        disclosed_state=Case(
            secret, *before, default=F("state"), output_field=CharField()
        )
    )
