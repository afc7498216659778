"""The cases that an official or a coach looks after: for whom each waits, since how
many working days, and what is due.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from bids import policies
from bids.models import Assignment, Clarification, Expression
from bids.models.round import Route
from bids.states import ExpressionState
from bids.turns import turn_words, turns
from innovation.accounts.models import User
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.audit.models import Chain
from innovation.core import clock, statements
from innovation.core.formatting import format_date
from innovation.core.working_days import working_days_between
from innovation.registers.closed_days import closed_days

SHOWN = 20


@dataclass(frozen=True, slots=True)
class OwnCase:
    """`due` says what has to happen by which day; empty if nothing is due."""

    title: str
    key: str
    href: str
    waiting_for: str
    since: str
    due: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Caseload:
    """The cases that wait for somebody, those that are due first at the top."""

    cases: list[OwnCase]
    has_more: bool

    @property
    def late_count(self) -> int:
        return sum(case.is_late for case in self.cases)


def caseload(user: User, *, at: datetime) -> Caseload | None:
    """`None` for those who look after no cases. Takes at most two queries."""
    if not has_permission(user, Permission.DEVELOP):
        return None
    rows = statements.values(_rows, user)
    closed = closed_days() if rows else set()
    today = clock.london_day(at)
    return Caseload(
        cases=[_own_case(*row, today=today, closed=closed) for row in rows[:SHOWN]],
        has_more=len(rows) > SHOWN,
    )


def _rows(user: User) -> QuerySet[Expression, tuple[object, ...]]:
    own = Assignment.objects.filter(user=user.pk, ended_at=None)
    question = Clarification.objects.filter(
        expression=OuterRef("pk"), answered_at=None, taken_back_at=None
    )
    due_on = Case(
        When(
            state=ExpressionState.CLARIFICATION,
            then=Subquery(question.values("due_on")[:1]),
        ),
        When(state=ExpressionState.SUBMITTED, then=F("round__replies_by")),
    )
    cases = policies.cases_for(user).filter(
        pk__in=own.values("expression"),
        chain__kind=Chain.Kind.CASE,
        chain__stage__in=[turn.stage for turn in turns],
    )
    return (
        cases.annotate(due=due_on, since=Coalesce("chain__moved_at", "submitted_at"))
        .order_by(F("due").asc(nulls_last=True), "since", "pk")
        .values_list(
            "title", "key", "state", "chain__stage", "round__route", "since", "due"
        )[: SHOWN + 1]
    )


def _own_case(
    title: str,
    key: str,
    state: str,
    stage: str,
    route: str,
    since: datetime,
    due_on: date | None,
    *,
    today: date,
    closed: Collection[date],
) -> OwnCase:
    since_day = clock.london_day(since)
    days = _days(working_days_between(since_day, today, closed))
    return OwnCase(
        title=title,
        key=key,
        href=reverse("bids:case", args=[key]),
        waiting_for=turn_words(stage, is_seed=route == Route.SEED),
        since=f"{format_date(since_day)} ({days})",
        due=_due_words(state, due_on, today, closed) if due_on else "",
        is_late=due_on is not None and due_on < today,
    )


def _due_words(state: str, due_on: date, today: date, closed: Collection[date]) -> str:
    is_question = state == ExpressionState.CLARIFICATION
    what = "The applicant answers by" if is_question else "We reply by"
    return f"{what} {format_date(due_on)} ({_distance(due_on, today, closed)})"


def _distance(due_on: date, today: date, closed: Collection[date]) -> str:
    if due_on == today:
        return "today"
    if due_on < today:
        late = working_days_between(due_on, today, closed)
        return f"{_days(late)} ago" if late else "no working day has passed since"
    return f"in {_days(working_days_between(today, due_on, closed))}"


def _days(number: int) -> str:
    return f"{number:,} working day{'' if number == 1 else 's'}"
