"""Cards: what the reader has to do about a case or a grant, by when and for how much.

`templates/jinja2/cards.html` draws them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from innovation.core.formatting import format_deadline

NOTHING_TO_DO = "You do not have to do anything."
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do. `when` is said where there is no deadline, and `is_overdue` is
    of what can still be done after it.
    """

    words: str
    href: str = ""
    due_at: datetime | None = None
    when: str = ""
    is_overdue: bool = False

    @property
    def deadline(self) -> str:
        text = format_deadline(self.due_at) or self.when
        return f"{text} (overdue)" if self.is_overdue else text

    @property
    def clause(self) -> str:
        """The words within a sentence."""
        return self.words[0].lower() + self.words[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A case or a grant. `note` says how it stands if its reader has nothing to do.
    With `is_over` it can no longer be sent.
    """

    title: str
    href: str
    tag: tuple[str, str]
    about: str
    amount: str
    tasks: Sequence[Task] = ()
    note: str = ""
    is_over: bool = False

    @property
    def due_at(self) -> datetime:
        """When the first task is due; cards without a deadline come last."""
        return min((task.due_at or _NEVER for task in self.tasks), default=_NEVER)
