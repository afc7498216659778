"""Cases of today, one at each point of the process, so that something waits for every
role. Made by the domain calls, each at its own moment of the last months.

Each module plays what waits at its part of the process, and lends the next one the
steps that bring a case so far.
"""

from datetime import datetime

from funding.demonstration import calls
from funding.demonstration.people import Players
from funding.demonstration.today import asking, bidding, board, deciding, grants, seed
from funding.demonstration.today.stage import Stage

_SCENES = (asking, bidding, board, deciding, grants, seed)


def load(players: Players, *, at: datetime) -> bool:
    """Open the rounds and play the cases; False where they are here already."""
    rounds = calls.open_today(at)
    if rounds is None:
        return False
    stage = Stage(*rounds, players, at)
    for scene in _SCENES:
        scene.play(stage)
    return True
