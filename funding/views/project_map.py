"""The map of the councils in which projects work, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape

from funding.domain.queries.projects import Choice
from innovation.core.folding import fold
from innovation.organisations.hexagons import Hexagon, hexagons
from innovation.web.templatetags.govuk import jinja

_MARK = "\x00"
"""Stands for the beginning of the links in a drawing that is kept: a text without it
cannot be told from one with it, because no filter has this character.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A council on the map, and its number of projects."""

    hexagon: Hexagon
    count: int


def project_map(choices: Sequence[Choice], *, others: str, current: str) -> str:
    """The HTML. `choices` are the councils with projects; `others` is the query string
    of the other filters, and `current` the council that the list is narrowed to.
    """
    start = f"?{others}&council=" if others else "?council="
    return _draw(tuple(choices), current).replace(_MARK, escape(start))


@lru_cache(maxsize=64)
def _draw(choices: tuple[Choice, ...], current: str) -> str:
    """Drawn once for the same numbers. What somebody typed is in no part of it."""
    counts = {choice.value: choice.count for choice in choices}
    places = [Place(hexagon, counts.get(hexagon.number, 0)) for hexagon in hexagons()]
    on_map = {place.hexagon.number for place in places}
    named = [choice for choice in choices if choice.count]
    rest = sorted(
        (p.hexagon.name for p in places if not p.count), key=lambda name: fold(name)
    )
    return str(
        jinja(
            "funding/project_map.html",
            places=places,
            not_on_map=[choice for choice in named if choice.value not in on_map],
            councils=named,
            others=rest,
            current=current,
            start=_MARK,
        )
    )
