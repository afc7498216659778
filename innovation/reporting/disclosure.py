"""What an export shows of a case: an approval only after its award is announced.

Files are copied and sent on, and later nobody remembers that something was not public.
The department works on such awards on its own pages (ADR 5).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from bids import policies
from bids.domain.queries import cases
from bids.domain.queries.case_search_filters import CaseSearchFilters, waiting_on
from bids.domain.queries.cases import CaseSearchResult
from bids.models import Expression
from bids.states import BidState
from bids.turns import WaitingOn
from funding.policies import public_award, public_awards
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core import clock

WITH_MINISTER = f"bid.{BidState.WITH_MINISTER}"
APPROVED = f"bid.{BidState.APPROVED}"
RECORDED = "award.recorded"
"""The stage of an award from published sources."""


def unannounced_approvals(stage: str = "chain__stage") -> Q:
    """A condition on cases, or on events: approved, with an award that is not yet
    announced. It tests the stage first, so that few rows are looked up.
    """
    approved = Q(**{stage: APPROVED}) | Q(**{f"{stage}__startswith": "award."})
    public = public_awards(clock.london_day(clock.now()))
    announced = Exists(public.filter(chain=OuterRef("chain")))
    return approved & ~Q(**{stage: RECORDED}) & ~Q(announced)


def moved_at() -> Combinable:
    """The time of the last move that can be shown. For an unannounced approval it is
    the move to the minister, as for all cases with the minister: a blank would show
    which ones are approved.
    """
    moves = Event.objects.filter(chain=OuterRef("chain"), stage=WITH_MINISTER)
    return Case(
        When(unannounced_approvals(), then=_newest(moves)),
        default=F("chain__moved_at"),
    )


def moved_at_until(day: date) -> Combinable:
    """The time of the last move by the end of `day` that can be shown today. As with
    `cases.stage_at`, it is when the case was sent if its date was corrected.
    """
    with_minister = cases.moves_until(day).filter(stage=WITH_MINISTER)
    last_move = Case(
        When(unannounced_approvals("stage"), then=_newest(with_minister)),
        default=F("at"),
    )
    moves = cases.moves_until(day).annotate(moved=last_move)
    return Coalesce(Subquery(moves.values("moved")[:1]), F("submitted_at"))


def _newest(moves: QuerySet[Event]) -> Subquery:
    return Subquery(moves.order_by("-seq").values("at")[:1])


def with_public_award(rows: QuerySet[Expression]) -> QuerySet[Expression]:
    """Cases with their award as `public_award`, if it has been announced."""
    announced = public_award(clock.london_day(clock.now()), "chain__award__")
    return rows.annotate(
        public_award=FilteredRelation("chain__award", condition=announced)
    )


def matching_cases(user: User, params: Mapping[str, str]) -> CaseSearchResult:
    """The cases that the list on the page shows, but by the stage in the file: an
    unannounced approval is with the minister.
    """
    filters = CaseSearchFilters.read(params, user)
    condition = Q()
    if filters.stage in {APPROVED, WITH_MINISTER}:
        condition &= _stage_condition(filters.stage)
        filters = replace(filters, stage="")
    if filters.waiting_on:
        condition &= _waiting_on(WaitingOn(filters.waiting_on))
        filters = replace(filters, waiting_on="")
    return CaseSearchResult(policies.cases_for(user), filters, condition)


def _stage_condition(stage: str) -> Q:
    approved = Q(bid__state=BidState.APPROVED)
    if stage == APPROVED:
        return approved & ~unannounced_approvals()
    unannounced = approved & unannounced_approvals()
    return Q(bid__state=BidState.WITH_MINISTER) | unannounced


def _waiting_on(party: WaitingOn) -> Q:
    if party == WaitingOn.MINISTER:
        return waiting_on(party) | unannounced_approvals()
    return waiting_on(party) & ~unannounced_approvals()
