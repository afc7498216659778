"""Current cases, one at each point of the process, so that every role has something to
do. They are created by domain calls, at times in the last months.

Each module creates the cases at its part of the process, and has functions that bring a
case that far, for the next module.
"""

from datetime import datetime

from funding.demo_data import rounds
from funding.demo_data.current import applications, bids, board, decisions, grants, seed
from funding.demo_data.current.demo_context import DemoContext
from funding.demo_data.people import DemoUsers

_PARTS = (applications, bids, board, decisions, grants, seed)


def load(users: DemoUsers, *, at: datetime) -> bool:
    """Create the rounds and cases; `False` if they exist already."""
    open_rounds = rounds.create_open_rounds(at)
    if open_rounds is None:
        return False
    demo = DemoContext(*open_rounds, users, at)
    for part in _PARTS:
        part.add_cases(demo)
    return True
