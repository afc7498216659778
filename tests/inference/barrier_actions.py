"""What happens to a barrier of a case, for `hidden_facts`."""

from bids.domain import expressions
from bids.models import BarrierEntry, Bid
from tests.dates import MOMENT
from tests.factories import barriers, users
from tests.inference import scenario
from tests.inference.scenario import (
    ASSIGNED_COACH,
    CONFLICTED_MEMBER,
    CONFLICTED_OFFICIAL,
    Scenario,
)

Subject = tuple[Bid, BarrierEntry]


def bid_beside_entry(stage: Scenario) -> Subject:
    """A bid that names a law, and an entry of the register from before any case."""
    official = stage.people["official"]
    case = barriers.case(stage.own)
    bid = expressions.take_forward(case, by=official, at=MOMENT)
    users.assign(stage.people[ASSIGNED_COACH], case)
    for name in (CONFLICTED_MEMBER, CONFLICTED_OFFICIAL):
        scenario.declare_interest(bid, stage.people[name])
    return bid, barriers.entry(official)


def join_to_entry(stage: Scenario, subject: Subject) -> None:
    bid, entry = subject
    barriers.named(bid.expression, entry, by=stage.people["official"])


def enter_from_case(stage: Scenario, subject: Subject) -> None:
    """Made from the case, put in hand, and taken off it again."""
    official = stage.people["official"]
    named = barriers.named(subject[0].expression, by=official)
    barriers.change(named.entry, state="in_hand", owner=official, by=official)
