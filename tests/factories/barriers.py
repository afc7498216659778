"""Factories for the barrier register."""

from dataclasses import replace
from datetime import date
from typing import Any

from bids.domain import barriers, expressions
from bids.domain.barriers import EntryFacts
from bids.models import BarrierCase, BarrierEntry, Expression
from bids.models.barrier import BarrierState
from innovation.accounts.models import User
from innovation.core.clock import london_day
from innovation.organisations.models import Organisation
from tests.dates import MOMENT
from tests.factories import cases, users

RAISED = EntryFacts(
    law_or_rule="Children Act 1989, section 20",
    what_it_stops="Homes for two children",
    state=BarrierState.RAISED,
    raised_on=london_day(MOMENT),
)


def facts(**values: Any) -> EntryFacts:
    return replace(RAISED, **values)


def case(lead: Organisation | None = None, *laws: str) -> Expression:
    """A case that was sent and names these laws, or one; a real one by default."""
    lead = lead or users.organisation("Council", demonstration=False)
    draft = cases.draft(lead=lead, title="Homes for two")
    rows = [
        {"law_or_rule": law, "what_it_stops": "Sharing records"}
        for law in laws or ("The Act",)
    ]
    by = cases.editor_of(draft.lead)
    expressions.save(draft, facts={"barriers": rows}, by=by, at=MOMENT)
    return expressions.submit(draft, by=by, at=MOMENT)


def entry(by: User | None = None, **values: Any) -> BarrierEntry:
    """One that no case has named."""
    return barriers.enter(
        facts(**values),
        so_on=london_day(MOMENT),
        reason="Heard of it at a meeting.",
        by=by or users.official(),
        at=MOMENT,
    )


def named(
    expression: Expression,
    into: BarrierEntry | None = None,
    *,
    by: User | None = None,
) -> BarrierCase:
    """The first barrier of the case, joined to an entry or to one made from it."""
    [barrier, *_] = barriers.barriers_to_join(expression)
    return barriers.join(
        expression,
        barrier=barrier,
        entry=into,
        reason="It is the same section.",
        by=by or users.official(),
        at=MOMENT,
    )


def change(
    one: BarrierEntry,
    *,
    so_on: date | None = None,
    reason: str = "We asked the lawyers.",
    by: User | None = None,
    at: Any = MOMENT,
    **values: Any,
) -> BarrierEntry:
    before = barriers.facts_of(one.steps.as_of().get())
    return barriers.change(
        one,
        replace(before, **values),
        so_on=so_on or london_day(at),
        reason=reason,
        by=by or users.official(),
        at=at,
    )
