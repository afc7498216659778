"""State tables: for each verb, the states it starts from and the state it leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import property as enum_property

from django.db import models

from innovation.core.errors import TooLate


class State(models.TextChoices):
    """The states of one noun. A state's label is its value with spaces."""

    @enum_property
    def label(self) -> str:
        return str(self.value).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Transition:
    verb: str
    sources: tuple[State, ...]
    target: State


class Table:
    """The transitions of one noun. Always lock the row before looking one up."""

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
        """The state that `verb` leads to from `state`; `TooLate` if there is none."""
        try:
            return self._cells[verb, str(state)]
        except KeyError:
            raise TooLate(
                f"You can no longer do this, because the {self.noun} has changed. Open "
                "it again to see its status."
            ) from None

    def allows(self, verb: str, state: str) -> bool:
        return (verb, str(state)) in self._cells

    def sources(self, verb: str) -> list[str]:
        return [source for cell_verb, source in self._cells if cell_verb == verb]

    def verbs_from(self, state: str) -> list[str]:
        return [verb for verb, source in self._cells if source == str(state)]


def _states(sources: object) -> tuple[State, ...]:
    if isinstance(sources, State):
        return (sources,)
    if isinstance(sources, Iterable):
        return tuple(sources)
    raise TypeError(f"{sources!r} is neither a state nor states")
