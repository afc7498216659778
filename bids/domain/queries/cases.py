"""The list of cases and its filters, for the page, its CSV and the API.

The newest submission comes first. The cost does not grow with the table, because every
filter has an index in that order or finds few rows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from bids import policies
from bids.domain.queries import search_words
from bids.domain.queries.case_filters import CaseFilters
from bids.events import IMPORT_EVENTS, BidsEvent
from bids.models import Assignment, Expression
from bids.models.round import Route
from bids.states import BidState, ExpressionState
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core import clock, keys, statements
from innovation.core.folding import fold
from innovation.core.parameters import Parameters
from innovation.organisations.domain.queries.organisations import organisations_called

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
SENT = f"expression.{ExpressionState.SUBMITTED}"
COUNT_LIMIT = 500
"""Counting stops here: the page then says “more than 500”."""
_KEY = re.compile(r"(EOI|BID)-[0-9A-Z]{5}-[0-9A-Z]{5}")
_QUERY_TOKEN = re.compile(r"\"|(?<!\S)-(?=\S)|[^\s\"]+|\s+")
_STAGES = {
    *(f"expression.{state}" for state in ExpressionState),
    *(f"bid.{state}" for state in BidState),
}


@dataclass(frozen=True, kw_only=True)
class CaseSearchFilters(CaseFilters[Expression]):
    """The filters of the list of cases. `CaseSearchResult` applies `q`."""

    q: str = ""
    stage: str = ""
    strand: int | None = None
    assigned_to: User | None = None
    counted: str = ""
    as_at: date | None = None
    state: str = ""
    submitted_from: date | None = None
    submitted_to: date | None = None

    @classmethod
    def read(cls, params: Mapping[str, str], user: User) -> "CaseSearchFilters":
        """Read the filters from the query string of the page. Raise `Invalid`."""
        parameters = Parameters(params)
        filters = cls(
            q=parameters.text("q"),
            stage=parameters.choice("stage", _STAGES, "stage"),
            round=parameters.text("round"),
            council=parameters.text("council"),
            strand=parameters.number("strand", "strand"),
            assigned_to=user
            if parameters.choice("assigned", ["me"], "choice")
            else None,
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
        assigned = "me" if self.assigned_to else ""
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
        if self.assigned_to:
            own = Assignment.objects.filter(user=self.assigned_to, ended_at=None)
            rows = rows.filter(pk__in=own.values("expression"))
        if self.counted:
            rows = counted_by_figure(rows, self.counted, self.as_at)
        if self.submitted_from:
            rows = rows.filter(submitted_at__date__gte=self.submitted_from)
        if self.submitted_to:
            rows = rows.filter(submitted_at__date__lte=self.submitted_to)
        return rows


class CaseSearchResult:
    """The matching cases, newest first, and their number.

    `rows` are the reader's cases; `condition` leaves out more, as the filters do.
    """

    def __init__(
        self,
        rows: QuerySet[Expression],
        filters: CaseSearchFilters,
        condition: Q | None = None,
    ) -> None:
        self._rows, self._filters = rows, filters
        self._condition = condition or Q()

    @cached_property
    def _narrowed(self) -> QuerySet[Expression]:
        return self._filters.narrow(self._rows.filter(self._condition))

    @cached_property
    def _text(self) -> "_TextSearch":
        text = _TextSearch(self._filters.q, self._narrowed)
        if text.number == 0:
            corrected = _TextSearch(self._correct(text.text), self._narrowed)
            return corrected if corrected.number else text
        return text

    def _correct(self, text: str) -> str:
        """Other filters do not matter here: they do not make a word wrong."""
        return search_words.correct(
            text, lambda word: _TextSearch(word, self._rows).number != 0
        )

    @property
    def correction(self) -> str:
        """What was searched instead of `q`, which nothing says; empty if `q` was."""
        return self._text.text if self._text.text != self._filters.q else ""

    @cached_property
    def rows(self) -> QuerySet[Expression]:
        rows = self._narrowed.filter(self._text.condition)
        return rows.order_by(*self._filters.order)

    @property
    def rows_to_count(self) -> QuerySet[Expression, Any]:
        """The rows in the order of the list, so that the planner uses the same index.
        Otherwise it reads every bid of a stage to count a few. A text or a council has
        another index.
        """
        has_own_index = self._filters.q or self._filters.council
        rows = self.rows.order_by() if has_own_index else self.rows
        return rows.values("pk")[: COUNT_LIMIT + 1]

    @cached_property
    def number(self) -> int:
        """The number of cases; COUNT_LIMIT + 1 if there are more than that."""
        if self._filters.q and self._text.number is not None:
            return self._text.number
        return self.rows_to_count.count()


def search_cases(user: User, params: Mapping[str, str]) -> CaseSearchResult:
    """Search the cases that `user` works on."""
    filters = CaseSearchFilters.read(params, user)
    return CaseSearchResult(policies.cases_for(user), filters)


def count_cases(user: User, filters: CaseSearchFilters) -> int:
    """The number of a usual search; COUNT_LIMIT + 1 if there are more than that."""
    return statements.count(_rows_to_count, user, variant=(filters.params,))


def _rows_to_count(
    params: tuple[tuple[str, str], ...], reader: User
) -> QuerySet[Expression, Any]:
    return search_cases(reader, dict(params)).rows_to_count


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


def moves_until(day: date) -> QuerySet[Event]:
    """The events that gave the case of the outer query a stage by the end of `day`, the
    last one first. What was imported comes before what happened here; of what was
    imported the last correction counts.
    """
    moves = Event.objects.filter(chain=OuterRef("chain"), at__lte=clock.end_of_day(day))
    happened_at = Case(When(name__in=IMPORT_EVENTS, then=None), default=F("at"))
    return moves.exclude(stage="").order_by(happened_at.desc(nulls_last=True), "-seq")


def ended_after(day: date) -> Q:
    """A condition on events: the import of a past expression, or its correction, which
    ended after `day`. The event has the stage of the end, but the date on which the
    expression was sent.
    """
    return Q(name__in=IMPORT_EVENTS, data__ended_on__gt=day.isoformat())


def stage_at(day: date) -> Coalesce:
    """The stage of a case at the end of `day`."""
    stage = Case(
        When(ended_after(day), then=Value(SENT)),
        default=F("stage"),
        output_field=CharField(),
    )
    moves = moves_until(day).annotate(stage_then=stage)
    # The event of a past expression whose date was corrected can be later than the day.
    return Coalesce(Subquery(moves.values("stage_then")[:1]), Value(SENT))


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
        self.text = text
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
        query = SearchQuery(
            folded_query(text), config="english", search_type="websearch"
        )
        words = Q(search=query)
        conditions = [words]
        if leads := _lead_ids(text):
            conditions.append(Q(lead__in=leads))
        matches: set[int] = set()
        for condition in conditions:
            ids = rows.filter(condition).values_list("pk", flat=True)[: COUNT_LIMIT + 1]
            limited_ids = set(ids)
            matches |= limited_ids
            self.condition |= (
                condition if len(limited_ids) > COUNT_LIMIT else Q(pk__in=limited_ids)
            )
        self.number = min(len(matches), COUNT_LIMIT + 1)


def folded_query(text: str) -> str:
    """The words folded as they are in the column. Quotation marks, and dashes before a
    word that must not be found, keep their meaning.
    """
    parts, in_quotes = [], False
    for token in _QUERY_TOKEN.findall(text):
        if token == '"':
            in_quotes = not in_quotes
        is_operator = token in {'"', "-"}
        folded = token if is_operator else fold(token)
        if " " in folded and not in_quotes:
            folded = f'"{folded}"'
        parts.append(folded if folded or is_operator else " ")
    return "".join(parts)


def _lead_ids(text: str) -> list[int]:
    """All of them: if some were left out, the list would miss their cases."""
    return list(organisations_called(text).values_list("pk", flat=True))
