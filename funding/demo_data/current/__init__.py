"""Current cases at each point of the process, so that every role has something to do.
They are created by domain calls, at times in the last year.

Each module creates the cases at its part of the process, and has functions that bring a
case that far, for the next module.
"""

from collections import defaultdict
from datetime import datetime

from funding.demo_data import rounds
from funding.demo_data.current import (
    applications,
    barriers,
    bids,
    board,
    deadlines,
    decisions,
    grants,
    past_cases,
    seed,
    service,
)
from funding.demo_data.current.demo_context import Calendar, DemoContext
from funding.demo_data.ideas import idea_of
from funding.demo_data.people import DemoUsers
from innovation.core.money import Money

_PARTS = (
    applications,
    deadlines,
    bids,
    board,
    grants,
    decisions,
    seed,
    past_cases,
    barriers,
    service,
)


def load(users: DemoUsers, *, at: datetime) -> bool:
    """Create the rounds and cases; `False` if they exist already."""
    created_rounds = rounds.create_rounds_of_today(at, _approved_amounts(at))
    if created_rounds is None:
        return False
    demo = DemoContext(created_rounds, users, at)
    for part in _PARTS:
        part.add_cases(demo)
    return True


def _approved_amounts(at: datetime) -> dict[tuple[int, int], Money]:
    """What will be approved in the open call and not go back, by the place of its
    strand and the financial year.
    """
    calendar = Calendar(at)
    totals: defaultdict[tuple[int, int], Money] = defaultdict(lambda: Money(0))
    for title in (*grants.FUNDED, decisions.APPROVED):
        idea = idea_of(title)
        for year, amount in calendar.amounts(idea).items():
            totals[idea.strand, year] += amount
    return totals
