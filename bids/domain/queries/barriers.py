"""How the barrier register is read: its list with counts, and one entry."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from bids import barrier_policies, policies
from bids.models import Barrier, BarrierCase, BarrierEntry, BarrierStep, Expression
from bids.models.application import Row
from bids.models.barrier import OPEN_STATES, BarrierRoute, BarrierState
from innovation.accounts.models import User

NOBODY, OWN = "nobody", "me"
NO_ROUTE = "undecided"
DUE = "come"
"""Of open entries whose day has come."""


@dataclass(frozen=True, slots=True)
class CountedChoice:
    """How many entries have a value, and the address of the list of exactly these."""

    label: str
    number: int
    query: str


@dataclass(frozen=True, slots=True)
class RegisteredBarrier:
    """A barrier of a case, and how it stands in the register, if it is there."""

    law_or_rule: str
    step: BarrierStep | None


def narrow(
    rows: QuerySet[BarrierStep],
    values: Mapping[str, Any],
    user: User,
    due_by: date | None,
) -> QuerySet[BarrierStep]:
    """The present steps that match the filters, with a day those due by it."""
    if state := values.get("state"):
        rows = rows.filter(state=state)
    if route := values.get("route"):
        rows = rows.filter(route="" if route == NO_ROUTE else route)
    if owner := values.get("owner"):
        rows = rows.filter(_owned(owner, user))
    if due_by is not None:
        rows = rows.filter(due_on__lte=due_by, state__in=OPEN_STATES)
    return rows


def _owned(owner: str, user: User) -> Q:
    if owner == NOBODY:
        return Q(owner=None)
    return Q(owner=user.pk) if owner == OWN else Q(owner__key=owner)


def with_case_count(rows: QuerySet[BarrierStep], user: User) -> QuerySet[BarrierStep]:
    """With `case_count` and `made_up_count`: how many of the cases that the user may
    open name the entry.
    """
    return rows.annotate(
        case_count=_cases(user, demonstration=False),
        made_up_count=_cases(user, demonstration=True),
    )


def _cases(user: User, *, demonstration: bool) -> Coalesce:
    cases = policies.cases_for(user).filter(
        barrier_cases__entry=OuterRef("entry"),
        barrier_cases__left_at=None,
        demonstration=demonstration,
    )
    by_entry = cases.order_by().values("barrier_cases__entry")
    numbers = by_entry.annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(numbers), 0, output_field=IntegerField())


def owners_of(steps: Iterable[BarrierStep]) -> list[tuple[str, str]]:
    """The people who own one of these, by name."""
    people = {step.owner.key: step.owner.name for step in steps if step.owner}
    return sorted(people.items(), key=lambda person: (person[1], person[0]))


def counts(steps: Sequence[BarrierStep]) -> list[tuple[str, list[CountedChoice]]]:
    """How many of these have each state, route and owner."""
    owned = [("", "Nobody"), *owners_of(steps)]
    return [
        (
            "State",
            _counted(steps, "state", BarrierState.choices, lambda step: step.state),
        ),
        (
            "Route",
            _counted(
                steps,
                "route",
                [*BarrierRoute.choices, ("", "Not decided")],
                lambda step: step.route,
                NO_ROUTE,
            ),
        ),
        (
            "Owner",
            _counted(
                steps,
                "owner",
                owned,
                lambda step: step.owner.key if step.owner else "",
                NOBODY,
            ),
        ),
    ]


def _counted(
    steps: Sequence[BarrierStep],
    name: str,
    choices: Iterable[tuple[str, str]],
    value_of: Callable[[BarrierStep], str],
    empty: str = "",
) -> list[CountedChoice]:
    values = [value_of(step) for step in steps]
    return [
        CountedChoice(label, values.count(value), urlencode({name: value or empty}))
        for value, label in choices
        if value in values
    ]


def cases_of(entry: BarrierEntry, user: User) -> QuerySet[BarrierCase]:
    """The cases that name it or did, of those that the user may open."""
    rows = barrier_policies.cases_of_entries(user).filter(entry=entry)
    related = (
        "expression__lead",
        "expression__chain",
        "barrier",
        "joined_by",
        "left_by",
    )
    return rows.select_related(*related).order_by("-joined_at", "-pk")


def steps_of(entry: BarrierEntry) -> QuerySet[BarrierStep]:
    """What was recorded, the last first."""
    rows = entry.steps.select_related("owner", "recorded_by")
    return rows.order_by("-recorded_at", "-pk")


def registered(case: Expression, rows: Sequence[Row]) -> list[RegisteredBarrier]:
    """Where these barriers, of the snapshot of a case or of its bid, stand in the
    register: one query, or none if there are none.
    """
    if not rows:
        return []
    steps = {step.of_barrier: step for step in _steps_by_barrier(case.pk)}
    return [
        RegisteredBarrier(row["law_or_rule"], steps.get(row["carries_on"] or row["id"]))
        for row in rows
    ]


def _steps_by_barrier(case: int) -> "QuerySet[BarrierStep, Any]":
    joined = Q(entry__cases__expression=case, entry__cases__left_at=None)
    rows = BarrierStep.objects.as_of().filter(joined).select_related("entry")
    return rows.annotate(of_barrier=F("entry__cases__barrier"))


def in_state(state: str) -> QuerySet[BarrierCase]:
    """The cases that name an entry that stands so now."""
    steps = BarrierStep.objects.as_of().filter(state=state)
    return BarrierCase.objects.filter(left_at=None, entry__in=steps.values("entry"))


def without_entry() -> QuerySet[Barrier]:
    """What expressions name that nobody has put on the register."""
    joined = BarrierCase.objects.filter(barrier=OuterRef("pk"), left_at=None)
    return Barrier.objects.filter(~Exists(joined))
