"""The filters of the list of cases, for the page, its CSV and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from bids.domain.queries import barriers
from bids.domain.queries.case_filters import CaseFilters, ids_of, in_councils
from bids.domain.queries.eligibility_checks import unmet_results
from bids.domain.queries.flags import open_flags
from bids.events import BidsEvent
from bids.models import (
    Assignment,
    Barrier,
    Expression,
    MoneyAsked,
    SupportNeed,
    Team,
)
from bids.models.barrier import BarrierState
from bids.models.expression import SupportKind
from bids.models.round import Route
from bids.states import BidState, ExpressionState
from bids.turns import WaitingOn, turns
from innovation.accounts.models import User
from innovation.audit.models import Chain, Event
from innovation.core import clock
from innovation.core.errors import Invalid
from innovation.core.money import Money
from innovation.core.parameters import Parameters
from innovation.organisations.models import Council
from innovation.organisations.models.organisation import ApplicantType

FILTER_NAMES = (
    "q",
    "stage",
    "waiting_on",
    "round",
    "programme",
    "strand",
    "council",
    "region",
    "applicant_type",
    "maturity",
    "practice_model",
    "support",
    "barrier",
    "assigned",
    "flag",
    "amount_from",
    "amount_to",
    "submitted_from",
    "submitted_to",
    "counted",
    "as_at",
)
ORDER = ("-submitted_at", "-id")
ORDER_BY_BID = ("-bid__expression_submitted_at", "-bid__expression_id")
COUNTED_FIGURES = ("expressions", "bids_in_development")
ANY_BARRIER, UNREGISTERED = "any", "unregistered"
ANY_FLAG, CHECK_NOT_MET = "any", "not_met"
UNASSIGNED, OWN = "nobody", "me"
_STAGES = {
    *(f"expression.{state}" for state in ExpressionState),
    *(f"bid.{state}" for state in BidState),
}


@dataclass(frozen=True, kw_only=True)
class CaseSearchFilters(CaseFilters[Expression]):
    """The filters of the list of cases. `CaseSearchResult` applies `q`."""

    q: str = ""
    stage: str = ""
    waiting_on: str = ""
    strand: int | None = None
    region: str = ""
    """The code of a region of the councils."""
    applicant_type: str = ""
    """Of the lead."""
    maturity: str = ""
    practice_model: int | None = None
    support: str = ""
    barrier: str = ""
    """The state of an entry of the register, `ANY_BARRIER`, or `UNREGISTERED`."""
    assigned_to: User | None = None
    assignee: str = ""
    """The key of somebody else to whom it is assigned, or `UNASSIGNED`."""
    flag: str = ""
    """The team of an open flag, `ANY_FLAG`, or `CHECK_NOT_MET`."""
    amount_from: Money | None = None
    """Of the whole sum that the expression asks for."""
    amount_to: Money | None = None
    counted: str = ""
    as_at: date | None = None
    state: str = ""
    submitted_from: date | None = None
    submitted_to: date | None = None

    @classmethod
    def read(cls, params: Mapping[str, str], user: User) -> "CaseSearchFilters":
        """Read the filters from the query string of the page. Raise `Invalid`."""
        parameters = Parameters(params)
        assigned = parameters.text("assigned")
        filters = cls(
            q=parameters.text("q"),
            stage=parameters.choice("stage", _STAGES, "stage"),
            round=parameters.text("round"),
            programme=parameters.text("programme"),
            council=parameters.text("council"),
            strand=parameters.number("strand", "strand"),
            waiting_on=parameters.choice("waiting_on", set(WaitingOn), "choice"),
            region=parameters.text("region"),
            applicant_type=parameters.choice(
                "applicant_type", ApplicantType.values, "type of organisation"
            ),
            maturity=parameters.text("maturity"),
            practice_model=parameters.number("practice_model", "practice model"),
            support=parameters.choice("support", SupportKind.values, "support"),
            barrier=parameters.choice(
                "barrier",
                {ANY_BARRIER, UNREGISTERED, *BarrierState.values},
                "state of a barrier",
            ),
            assigned_to=user if assigned == OWN else None,
            assignee="" if assigned == OWN else assigned,
            flag=parameters.choice(
                "flag", {ANY_FLAG, CHECK_NOT_MET, *Team.values}, "flag"
            ),
            amount_from=parameters.money("amount_from"),
            amount_to=parameters.money("amount_to"),
            submitted_from=parameters.day("submitted_from"),
            submitted_to=parameters.day("submitted_to"),
            counted=parameters.choice("counted", COUNTED_FIGURES, "figure"),
            as_at=parameters.day("as_at"),
        )
        parameters.check()
        return filters

    @property
    def stage_day(self) -> date | None:
        """The day whose stages are shown; `None` for those of now."""
        return self.as_at if self.counted else None

    @property
    def is_usual(self) -> bool:
        """Whether only the stage and `assigned_to` are used, which have few values."""
        return self == CaseSearchFilters(stage=self.stage, assigned_to=self.assigned_to)

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        """The query string of a usual search."""
        assigned = OWN if self.assigned_to else ""
        return tuple(
            (name, value)
            for name, value in (("stage", self.stage), ("assigned", assigned))
            if value
        )

    @property
    def order(self) -> tuple[str, ...]:
        """The ordering: a bid's stage has an index of its own in the same order."""
        return ORDER_BY_BID if _bid_state(self.stage) else ORDER

    def narrow(self, rows: QuerySet[Expression]) -> QuerySet[Expression]:
        """Apply every filter except the text search."""
        rows = super().narrow(rows.filter(_stage_condition(self.stage)))
        if self.state:
            rows = rows.filter(state=self.state)
        if self.strand is not None:
            rows = rows.filter(strand=self.strand)
        if self.waiting_on:
            rows = rows.filter(waiting_on(WaitingOn(self.waiting_on)))
        rows = self._narrow_by_facts(self._narrow_by_assignment(rows))
        if self.counted:
            rows = counted_by_figure(rows, self.counted, self.as_at)
        if self.submitted_from:
            rows = rows.filter(submitted_at__date__gte=self.submitted_from)
        if self.submitted_to:
            rows = rows.filter(submitted_at__date__lte=self.submitted_to)
        return rows

    def _narrow_by_assignment(self, rows: QuerySet[Expression]) -> QuerySet[Expression]:
        assignments = Assignment.objects.filter(ended_at=None)
        if self.assigned_to:
            own = assignments.filter(user=self.assigned_to)
            return rows.filter(pk__in=own.values("expression"))
        if self.assignee == UNASSIGNED:
            return rows.exclude(_has(assignments))
        if self.assignee:
            theirs = assignments.filter(user__in=self._find_assignee())
            return rows.filter(pk__in=theirs.values("expression"))
        return rows

    def _find_assignee(self) -> list[int]:
        if not (ids := ids_of(User, self.assignee)):
            raise Invalid.field("assigned", f"There is no person “{self.assignee}”")
        return ids

    def _narrow_by_facts(self, rows: QuerySet[Expression]) -> QuerySet[Expression]:
        if self.region:
            rows = in_councils(rows, self._find_councils_of_region())
        if self.applicant_type:
            rows = rows.filter(lead__applicant_type=self.applicant_type)
        if self.maturity:
            rows = rows.filter(maturity=self.maturity)
        if self.practice_model is not None:
            links = Expression.practice_models.through.objects
            rows = rows.filter(_has(links.filter(practicemodel=self.practice_model)))
        if self.support:
            rows = rows.filter(_has(SupportNeed.objects.filter(kind=self.support)))
        if self.barrier == ANY_BARRIER:
            rows = rows.filter(_has(Barrier.objects.all()))
        elif self.barrier == UNREGISTERED:
            rows = rows.filter(_has(barriers.without_entry()))
        elif self.barrier:
            rows = rows.filter(_has(barriers.in_state(self.barrier)))
        if self.flag:
            rows = rows.filter(has_flag(self.flag))
        if self.amount_from is not None:
            rows = rows.filter(GreaterThanOrEqual(pence_asked(), self.amount_from))
        if self.amount_to is not None:
            rows = rows.filter(LessThanOrEqual(pence_asked(), self.amount_to))
        return rows

    def _find_councils_of_region(self) -> list[str]:
        councils = Council.objects.filter(region=self.region).order_by("dfe_number")
        if not (numbers := list(councils.values_list("dfe_number", flat=True))):
            raise Invalid.field("region", f"There is no region “{self.region}”")
        return numbers


def counted_by_figure(
    rows: QuerySet[Expression], figure: str, day: date | None
) -> QuerySet[Expression]:
    """The cases that a figure counts at the end of `day`; today if `None`."""
    end = clock.end_of_day(day) if day else None
    if figure == "expressions":
        rows = rows.exclude(state=ExpressionState.RETRACTED)
        return rows.filter(submitted_at__lte=end) if end else rows
    ended = Event.objects.filter(
        chain=OuterRef("chain"),
        name__in=(BidsEvent.BID_RECOMMENDED, BidsEvent.BID_WITHDRAWN),
        tally__has_key="bids_in_development",
    )
    rows = rows.filter(bid__isnull=False).exclude(bid__round__route=Route.SEED)
    if end:
        # A bid is created after its expression was sent, so start there.
        rows = rows.filter(bid__opened_at__lte=end, submitted_at__lte=end)
        ended = ended.filter(at__lte=end)
    return rows.exclude(Exists(ended))


def waiting_on(party: WaitingOn) -> Q:
    """A condition on cases: who has to act on them next."""
    stages = [turn.stage for turn in turns if turn.waiting_on == party]
    if party == WaitingOn.NOBODY:
        return ~Q(chain__stage__in=[turn.stage for turn in turns])
    return Q(chain__kind=Chain.Kind.CASE, chain__stage__in=stages)


def has_flag(flag: str) -> Exists:
    """A condition on cases: see `CaseSearchFilters.flag`."""
    if flag == CHECK_NOT_MET:
        return _has(unmet_results())
    return _has(open_flags() if flag == ANY_FLAG else open_flags().filter(team=flag))


def pence_asked() -> Subquery:
    """The whole sum that the expression of the outer query asks for."""
    money = MoneyAsked.objects.filter(expression=OuterRef("pk")).order_by()
    sums = money.values("expression").annotate(sum=Sum("amount"))
    return Subquery(sums.values("sum"))


def _has(related: QuerySet[Any]) -> Exists:
    """A condition on cases: one of these rows belongs to the expression."""
    return Exists(related.filter(expression=OuterRef("pk")))


def _stage_condition(stage: str) -> Q:
    state = _bid_state(stage)
    if state:
        return Q(bid__state=state)
    noun, _, name = stage.partition(".")
    if noun == "expression" and name in set(ExpressionState):
        return Q(state=name)
    return Q()


def _bid_state(stage: str) -> str:
    noun, _, name = stage.partition(".")
    return name if noun == "bid" and name in set(BidState) else ""
