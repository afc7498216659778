"""The flags of a case, and what else stands before whoever takes it forward."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from bids.domain.queries.eligibility_checks import unmet_results
from bids.models import CheckResult, Flag, Team, TriageException
from innovation.core import statements


@dataclass(frozen=True, slots=True)
class Concern:
    """An open flag, or an eligibility check that is not met."""

    words: str
    reason: str


def concerns(expression: int) -> list[Concern]:
    """Of the expression with this id. Two queries."""
    return [
        *(
            Concern(f"Not met: {row.eligibility_check.wording}", row.note)
            for row in statements.fetch(_unmet, expression)
        ),
        *(
            Concern(flag_words(flag.team), flag.reason)
            for flag in statements.fetch(_open, expression)
        ),
    ]


def first_concerns(expressions: Collection[int]) -> dict[int, str]:
    """A concern of each of these expressions that has one, by its id. Two queries."""
    unmet = unmet_results().filter(expression__in=expressions)
    flags = open_flags().filter(expression__in=expressions)
    return {
        flag.expression_id: flag_words(flag.team) for flag in flags.order_by("pk")
    } | {
        row.expression_id: f"Not met: {row.eligibility_check.wording}"
        for row in unmet.select_related("eligibility_check").order_by("pk")
    }


def flag_words(team: str) -> str:
    return f"Flag for {Team(team).label}"


def of_case(expression: int) -> tuple[Sequence[Flag], Sequence[Flag]]:
    """The open flags, the oldest first, and the resolved ones."""
    rows: list[Flag] = statements.fetch(_of_case, expression)
    return (
        [flag for flag in rows if flag.resolved_at is None],
        [flag for flag in rows if flag.resolved_at is not None],
    )


def exceptions(expression: int) -> list[TriageException]:
    return statements.fetch(_exceptions, expression)


def open_flags() -> QuerySet[Flag]:
    return Flag.objects.filter(resolved_at=None)


def _of_case(expression: int) -> QuerySet[Flag]:
    rows = Flag.objects.filter(expression=expression)
    return rows.select_related("raised_by", "resolved_by").order_by("raised_at", "pk")


def _open(expression: int) -> QuerySet[Flag]:
    return open_flags().filter(expression=expression).order_by("raised_at", "pk")


def _unmet(expression: int) -> QuerySet[CheckResult]:
    rows = unmet_results().filter(expression=expression)
    order = ("eligibility_check__position", "pk")
    return rows.select_related("eligibility_check").order_by(*order)


def _exceptions(expression: int) -> QuerySet[TriageException]:
    rows = TriageException.objects.filter(expression=expression)
    return rows.select_related("given_by").order_by("given_at", "pk")
