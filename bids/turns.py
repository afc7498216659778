"""Who has to act next at each stage of a case, in the words of the department.

A stage without a turn waits for nobody: see `wording.py` of each app.
"""

from dataclasses import dataclass
from enum import StrEnum

from innovation.core.registry import Registry


class WaitingOn(StrEnum):
    APPLICANT = "applicant"
    DEPARTMENT = "department"
    BOARD = "board"
    MINISTER = "minister"
    """Or, for a seed grant, whoever approves those."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Turn:
    """`words` are a person or a body and what they have to do. `seed_words` are those
    for a seed grant, where they differ.
    """

    stage: str
    waiting_on: WaitingOn
    words: str
    seed_words: str = ""


turns: Registry[Turn] = Registry(key=lambda turn: turn.stage)


def turn_words(stage: str, *, is_seed: bool = False) -> str:
    """Who has to act, and what they have to do; empty if the case waits for nobody."""
    turn = turns.get(stage)
    if turn is None:
        return ""
    return (is_seed and turn.seed_words) or turn.words
