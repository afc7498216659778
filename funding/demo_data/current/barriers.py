"""The register of laws and rules in the way of the demonstration’s cases: one entry in
hand, one removed and one just raised.
"""

from datetime import timedelta

from bids.domain import barriers
from bids.domain.barriers import EntryFacts, facts_of
from bids.models import Barrier, BarrierEntry
from bids.models.barrier import BarrierRoute, BarrierState
from funding.demo_data import texts
from funding.demo_data.current.demo_context import DemoContext

_STOPS = "A carer over 70 cannot be approved, whoever the child is."


def add_cases(demo: DemoContext) -> None:
    """Each law that sent cases name is an entry, to which all of them are joined except
    the newest, which an official still has to look at.
    """
    entries: dict[str, BarrierEntry] = {}
    named = Barrier.objects.filter(
        expression__submitted_at__isnull=False, expression__demonstration=True
    )
    *looked_at, _ = named.select_related("expression").order_by("pk")
    for barrier in looked_at:
        assert barrier.expression is not None
        joined = barriers.join(
            barrier.expression,
            barrier=barrier,
            entry=entries.get(barrier.law_or_rule),
            reason="The same rule, in other words",
            by=demo.users["official"],
            at=demo.days_ago(1),
        )
        entries[barrier.law_or_rule] = joined.entry
    _change(
        demo,
        entries[texts.HEALTH_RECORDS],
        reason="Health lawyers draft a form of consent",
        state=BarrierState.IN_HAND,
        route=BarrierRoute.GUIDANCE,
        owner=demo.users["official"],
        due_on=demo.today - timedelta(days=1),
    )
    _change(
        demo,
        entries[texts.PLANNING_RULES],
        reason="The planning inspectorate answered",
        state=BarrierState.REMOVED,
        route=BarrierRoute.WAIVER,
        resolved_on=demo.today,
        outcome="Small homes need no permission of their own.",
    )
    facts = EntryFacts(
        law_or_rule="Rules on the age of foster carers (demonstration)",
        what_it_stops=_STOPS,
        state=BarrierState.RAISED,
        raised_on=demo.today,
    )
    barriers.enter(
        facts,
        so_on=demo.today,
        reason="Two councils told us of it",
        by=demo.users["official"],
        at=demo.days_ago(0),
    )


def _change(
    demo: DemoContext, entry: BarrierEntry, *, reason: str, **values: object
) -> None:
    present = facts_of(entry.steps.as_of().get())
    given = {name: getattr(present, name) for name in barriers.FACT_NAMES}
    barriers.change(
        entry,
        EntryFacts(**(given | values)),
        so_on=demo.today,
        reason=reason,
        by=demo.users["official"],
        at=demo.days_ago(0),
    )
