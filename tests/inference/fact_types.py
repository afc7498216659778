"""What a hidden fact is, and the groups of those who may know some."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.inference import scenario
from tests.inference.actions import Action
from tests.inference.scenario import ASSIGNED_COACH, Scenario

CASEWORK = frozenset(
    {
        "official",
        ASSIGNED_COACH,
        "board_secretary",
        "seed_approver",
        "grant_manager",
        "analyst",
    }
)
"""Who reads the case where the department works on it."""
AWARDS = CASEWORK | {"finance"}
OFFICE = frozenset({"board_secretary", "board_member"})
LETTERS = frozenset({"administrator"})
"""Sees that a letter about a case was written, and not which."""
ROUND_EDITOR = frozenset({"administrator"})
"""Reads on the page that edits a round that its route is fixed: cases were started."""

CHECK_EDITOR = frozenset({"administrator"})
"""Reads on the page that changes a check that its words stay: some case was checked by
it, but not which, nor what was found.
"""


@dataclass(frozen=True)
class HiddenFact:
    """`common` is what both worlds have; `one` and `other` tell them apart.

    `may_know` is for wherever they look; `may_know_on_pages` for the pages where they
    work, who read nothing of it in what leaves the service: API and exports.
    """

    name: str
    common: Callable[[Scenario], Any]
    other: Action
    nearest_readers: tuple[str, ...]
    """Of those who may not know it, who comes closest."""
    one: Action = lambda stage, subject: None
    may_know: frozenset[str] = frozenset()
    may_know_on_pages: frozenset[str] = frozenset()
    changes_figures: bool = False
    """Whether the programme's figures tell it, as one number among all: ADR 20."""
    always_tested: bool = False
    """Looked at whenever anything is tested, and not only where there is time."""

    @property
    def readers(self) -> list[str]:
        return [name for name in scenario.READERS if name not in self.may_know]
