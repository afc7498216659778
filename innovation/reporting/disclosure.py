"""What an export shows of a case: an approval only after its award is announced.

Files are copied and sent on, and later nobody remembers that something was not public.
The department works on such awards on its own pages (ADR 5).
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.expressions import Combinable

from bids import policies
from bids.domain.queries.cases import CaseSearchFilters, CaseSearchResult
from bids.states import BidState
from funding.policies import public_awards
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core import clock

WITH_MINISTER = f"bid.{BidState.WITH_MINISTER}"
APPROVED = f"bid.{BidState.APPROVED}"
RECORDED = "award.recorded"
"""The stage of an award from published sources."""


def unannounced_approvals() -> Q:
    """A condition on cases: approved, with an award that is not yet announced. It tests
    the stage first, so that few rows are looked up.
    """
    approved = Q(chain__stage=APPROVED) | Q(chain__stage__startswith="award.")
    public = public_awards(clock.london_day(clock.now()))
    announced = Exists(public.filter(chain=OuterRef("chain")))
    return approved & ~Q(chain__stage=RECORDED) & ~Q(announced)


def moved_at() -> Combinable:
    """The time of the last move that can be shown. For an unannounced approval it is
    the move to the minister, as for all cases with the minister: a blank would show
    which ones are approved.
    """
    moves = Event.objects.filter(chain=OuterRef("chain"), stage=WITH_MINISTER)
    with_minister_since = Subquery(moves.order_by("-seq").values("at")[:1])
    return Case(
        When(unannounced_approvals(), then=with_minister_since),
        default=F("chain__moved_at"),
    )


def matching_cases(user: User, params: Mapping[str, str]) -> CaseSearchResult:
    """The cases that the list on the page shows, but by the stage in the file: an
    unannounced approval is with the minister.
    """
    filters = CaseSearchFilters.read(params, user)
    rows = policies.cases_for(user)
    if filters.stage not in {APPROVED, WITH_MINISTER}:
        return CaseSearchResult(rows, filters)
    approved = Q(bid__state=BidState.APPROVED)
    if filters.stage == APPROVED:
        shown = approved & ~unannounced_approvals()
    else:
        unannounced = approved & unannounced_approvals()
        shown = Q(bid__state=BidState.WITH_MINISTER) | unannounced
    return CaseSearchResult(rows, replace(filters, stage=""), shown)
