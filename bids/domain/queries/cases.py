"""The list of cases and its filters, for the page and the CSV.

Filters are text from a query string; invalid ones are ignored. The newest submission
comes first. The cost does not grow with the table: every filter has an index in that
order, or matches few rows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from bids import policies
from bids.events import BidsEvent
from bids.models import Assignment, Expression
from bids.models.round import Route
from bids.states import BidState, ExpressionState
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core import clock, keys, limits
from innovation.core.nulls import without_nulls
from innovation.organisations.models import Council, Organisation

FILTER_NAMES = (
    "q",
    "stage",
    "round",
    "council",
    "strand",
    "assigned",
    "counted",
    "as_at",
)
ORDER = ("-submitted_at", "-id")
ORDER_BY_BID = ("-bid__expression_submitted_at", "-bid__expression_id")
COUNTED_FIGURES = ("expressions", "bids_in_development")
COUNT_LIMIT = 500
"""Counting stops here: the page then says “more than 500”."""
_KEY = re.compile(r"(EOI|BID)-[0-9A-Z]{5}-[0-9A-Z]{5}")
_MAX_LEADS = 50
_MAX_COUNCILS = 20


@dataclass(frozen=True, slots=True)
class CaseSearchFilters:
    """The valid filters."""

    q: str = ""
    stage: str = ""
    round: str = ""
    council: str = ""
    strand: int | None = None
    assigned: bool = False
    counted: str = ""
    as_at: date | None = None

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "CaseSearchFilters":
        strand = params.get("strand", "")
        figure = params.get("counted", "")
        return cls(
            q=_clean_text(params.get("q", "")),
            stage=params.get("stage", ""),
            round=without_nulls(params.get("round", "")),
            council=_clean_text(params.get("council", "")),
            strand=int(strand) if re.fullmatch(r"[0-9]{1,9}", strand) else None,
            assigned=params.get("assigned", "") == "me",
            counted=figure if figure in COUNTED_FIGURES else "",
            as_at=_parse_day(params.get("as_at", "")),
        )

    @property
    def order(self) -> tuple[str, ...]:
        """The ordering: a bid's stage has an index of its own in the same order."""
        return ORDER_BY_BID if _bid_state(self.stage) else ORDER


class CaseSearchResult:
    """The matching cases, newest first, and their number."""

    def __init__(
        self, rows: QuerySet[Expression], filters: CaseSearchFilters, user: User
    ) -> None:
        matching = _filtered(rows, filters, user)
        text = _TextSearch(filters.q, matching)
        self._count = text.number
        self.rows = matching.filter(text.condition).order_by(*filters.order)
        # Counted in the order of the list, by its index: otherwise the planner reads
        # all bids of a stage to count a few. Text searches use other indexes.
        self._countable_rows = self.rows.order_by() if filters.q else self.rows

    @cached_property
    def number(self) -> int:
        """The number of cases; `COUNT_LIMIT` + 1 if there are more."""
        if self._count is not None:
            return self._count
        return self._countable_rows.values("pk")[: COUNT_LIMIT + 1].count()


def search_cases(user: User, params: Mapping[str, str]) -> CaseSearchResult:
    """Search the cases that `user` works on."""
    return CaseSearchResult(
        policies.cases_for(user), CaseSearchFilters.read(params), user
    )


def _filtered(
    rows: QuerySet[Expression], filters: CaseSearchFilters, user: User
) -> QuerySet[Expression]:
    """Apply all filters except the text search."""
    rows = rows.filter(_stage_condition(filters.stage))
    if filters.round:
        rows = rows.filter(round__key=filters.round)
    if filters.council:
        numbers = _council_numbers(filters.council)
        within = Expression.councils.through.objects.filter(council__in=numbers)
        rows = rows.filter(pk__in=within.values("expression"))
    if filters.strand is not None:
        rows = rows.filter(strand=filters.strand)
    if filters.assigned:
        own = Assignment.objects.filter(user=user, ended_at=None)
        rows = rows.filter(pk__in=own.values("expression"))
    if filters.counted:
        rows = counted_by_figure(rows, filters.counted, filters.as_at)
    return rows


def counted_by_figure(
    rows: QuerySet[Expression], figure: str, day: date | None
) -> QuerySet[Expression]:
    """The cases that a figure counts at the end of `day`; today if `None`."""
    end = clock.end_of_day(day) if day else None
    if figure == "expressions":
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


class _TextSearch:
    """A reference finds one case. Other words are searched in the title and summary, or
    in the lead's name; leads are found first, so that each search can use its index.

    `number` is the number of rows, up to `COUNT_LIMIT` + 1, if it is known already.
    """

    def __init__(self, text: str, rows: QuerySet[Expression]) -> None:
        self.condition = Q()
        self.number: int | None = None
        key = keys.normalise(text)
        if _KEY.fullmatch(key):
            self.condition = Q(key=key) if key.startswith("EOI") else Q(bid__key=key)
        elif text:
            self._search(text, rows)

    def _search(self, text: str, rows: QuerySet[Expression]) -> None:
        """Find matches by their own index first, if there are few: otherwise the
        planner assumes that a word is common, and reads the whole table for a rare one.
        """
        words = Q(search=SearchQuery(text, config="english", search_type="websearch"))
        few = list(rows.filter(words).values_list("pk", flat=True)[: COUNT_LIMIT + 1])
        common = len(few) > COUNT_LIMIT
        self.condition = words if common else Q(pk__in=few)
        leads = _lead_ids(text)
        if leads:
            self.condition |= Q(lead__in=leads)
        if common or not leads:
            self.number = len(few)


def _lead_ids(text: str) -> list[int]:
    organisations = Organisation.objects.filter(name__icontains=text).order_by("pk")
    return list(organisations.values_list("pk", flat=True)[:_MAX_LEADS])


def _council_numbers(text: str) -> list[str]:
    """Numbers of councils with this DfE number, or whose name starts with the text."""
    councils = Council.objects.filter(Q(dfe_number=text) | Q(name__istartswith=text))
    return list(councils.values_list("dfe_number", flat=True)[:_MAX_COUNCILS])


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _clean_text(text: str) -> str:
    return without_nulls(text).strip()[: limits.SEARCH]
