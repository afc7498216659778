"""Cases of today, one at each point of the process, so that something waits for every
role. Made by the domain calls, each at its own moment of the last months.

Each module plays what waits at its part of the process, and lends the next one the
steps that bring a case so far.
"""

from datetime import datetime

from funding.demo_data import rounds
from funding.demo_data.current import applications, bids, board, decisions, grants, seed
from funding.demo_data.current.demo_context import DemoContext
from funding.demo_data.people import DemoUsers

_PARTS = (applications, bids, board, decisions, grants, seed)


def load(users: DemoUsers, *, at: datetime) -> bool:
    """Open the rounds and play the cases; False where they are here already."""
    opened = rounds.create_open_rounds(at)
    if opened is None:
        return False
    demo = DemoContext(*opened, users, at)
    for part in _PARTS:
        part.add_cases(demo)
    return True
