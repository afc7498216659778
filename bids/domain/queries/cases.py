"""The list of cases, for the page, its CSV and the API.

The newest submission comes first. The cost does not grow with the table, because every
filter has an index in that order or finds few rows.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import (
    Case,
    CharField,
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
from bids.domain.queries import search_texts, search_words
from bids.domain.queries.case_search_filters import CaseSearchFilters
from bids.domain.queries.search_texts import TextSearch
from bids.events import IMPORT_EVENTS
from bids.models import Expression
from bids.states import ExpressionState
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core import clock, statements

SENT = f"expression.{ExpressionState.SUBMITTED}"


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
    def _text(self) -> TextSearch:
        text = TextSearch(self._filters.q, self._narrowed)
        if text.number == 0:
            corrected = TextSearch(self._correct(text.text), self._narrowed)
            return corrected if corrected.number else text
        return text

    def _correct(self, text: str) -> str:
        """Other filters do not matter here: they do not make a word wrong."""
        return search_words.correct(
            text, lambda words: search_texts.words_found(words, self._rows)
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
        return rows.values("pk")[: search_texts.COUNT_LIMIT + 1]

    @cached_property
    def number(self) -> int:
        """The number of cases; `COUNT_LIMIT` + 1 if there are more than that."""
        if self._filters.q and self._text.number is not None:
            return self._text.number
        return self.rows_to_count.count()


def search_cases(user: User, params: Mapping[str, str]) -> CaseSearchResult:
    """Search the cases that `user` works on."""
    filters = CaseSearchFilters.read(params, user)
    return CaseSearchResult(policies.cases_for(user), filters)


def count_cases(user: User, filters: CaseSearchFilters) -> int:
    """The number of a usual search; `COUNT_LIMIT` + 1 if there are more than that."""
    return statements.count(_rows_to_count, user, variant=(filters.params,))


def _rows_to_count(
    params: tuple[tuple[str, str], ...], reader: User
) -> QuerySet[Expression, Any]:
    return search_cases(reader, dict(params)).rows_to_count


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
