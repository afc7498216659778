"""A process is a table: a verb, the states it starts from, the state it ends in."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import property as enum_property

from django.db import models

from innovation.core.errors import TooLate


class State(models.TextChoices):
    """The states of one noun, each labelled as its value reads."""

    @enum_property
    def label(self) -> str:
        return str(self.value).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Transition:
    verb: str
    sources: tuple[State, ...]
    target: State


class Table:
    """The transitions of one noun. Looked up under the row's lock, never before."""

    def __init__(
        self, noun: str, states: type[State], *rows: tuple[str, object, State]
    ) -> None:
        self.noun = noun
        self.states = states
        self.transitions = tuple(
            Transition(verb, _states(sources), target) for verb, sources, target in rows
        )
        self._cells = {
            (row.verb, str(source)): row.target
            for row in self.transitions
            for source in row.sources
        }

    def next(self, verb: str, state: str) -> State:
        """Where `verb` leads from `state`. Raises `TooLate` where it leads nowhere."""
        try:
            return self._cells[verb, str(state)]
        except KeyError:
            raise TooLate(
                f"This {self.noun} is not where it was when this was offered, so it "
                "cannot be changed in this way. Open it again to see where it stands."
            ) from None

    def allows(self, verb: str, state: str) -> bool:
        return (verb, str(state)) in self._cells

    def sources(self, verb: str) -> list[str]:
        return [source for each, source in self._cells if each == verb]

    def verbs_from(self, state: str) -> list[str]:
        return [verb for verb, source in self._cells if source == str(state)]


def _states(sources: object) -> tuple[State, ...]:
    if isinstance(sources, State):
        return (sources,)
    if isinstance(sources, Iterable):
        return tuple(sources)
    raise TypeError(f"{sources!r} is neither a state nor states")
