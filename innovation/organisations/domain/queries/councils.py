"""Finds the council somebody means: by number, code or any name, at a date."""

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from innovation.organisations.models import Council, CouncilCode

_BEFORE = re.compile(
    r"^(?:london borough|royal borough|metropolitan borough|borough|city|county"
    r"|council)( council)? of (the )?|^county (?=durham$)"
)
_AFTER = re.compile(
    r" (?:(?:metropolitan borough|metropolitan district|london borough|county"
    r"|city and county|city|borough|district|unitary) council|council|mbc|corporation"
    r"|city of|county of)$"
)


class NotACouncil(ValueError):
    """Its text says what was written and what could have been meant."""


class CouncilClosed(NotACouncil):
    """It was a council, but no longer on the day."""


@dataclass(frozen=True, slots=True)
class _Named:
    council: Council
    since: date | None = None
    until: date | None = None

    def stood(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (
            self.until is None or on <= self.until
        )


@dataclass(slots=True)
class Directory:
    """Every council under every name it has had. Two queries, then none."""

    numbers: dict[str, Council] = field(default_factory=dict)
    codes: dict[str, Council] = field(default_factory=dict)
    called: dict[str, list[_Named]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Directory":
        directory = cls()
        for council in Council.objects.prefetch_related("successors"):
            directory.numbers[council.dfe_number] = council
            for other in council.also_known_as:
                directory._call(other, _Named(council, None, council.closed_on))
        for code in CouncilCode.objects.order_by("valid_from"):
            council = directory.numbers[code.council_id]
            directory.codes[code.gss_code] = council
            # Codes are dated from 2009 at the earliest; the names are older.
            since = code.valid_from if code.valid_from > date(2009, 1, 1) else None
            named = _Named(council, since, code.valid_to)
            directory._call(code.name, named)
            directory._call(code.official_name, named)
        return directory

    def resolve(self, written: str, *, on: date) -> Council:
        """The council that bore this name, number or code on the day.

        A name no longer or not yet in use on the day still finds a council that was
        there all along under another code; one that had closed is named with its
        successors. Raises `NotACouncil`.
        """
        text = written.strip()
        found = self.numbers.get(text) or self.codes.get(text.upper())
        if found is not None:
            return _open(found, on)
        named = self.called.get(_words(text)) or self.called.get(plain(text), [])
        standing = {n.council.dfe_number: n.council for n in named if n.stood(on)}
        anyone = standing or {n.council.dfe_number: n.council for n in named}
        if len(anyone) == 1:
            return _open(next(iter(anyone.values())), on)
        raise NotACouncil(self._unknown(text, list(anyone.values())))

    def _call(self, name: str, named: _Named) -> None:
        for key in {plain(name), _words(name)} - {"", "london"}:
            self.called.setdefault(key, []).append(named)

    def _unknown(self, text: str, several: list[Council]) -> str:
        if several:
            which = " or ".join(f"{c.name} ({c.dfe_number})" for c in several)
            return f"“{text}” could be {which}; write its DfE number"
        near = get_close_matches(plain(text), self.called, n=1, cutoff=0.8)
        if near:
            return f"“{text}” is not a council; did you mean {self._name(near[0])}?"
        return f"“{text}” is not a council with children’s services duties in England"

    def _name(self, key: str) -> str:
        return self.called[key][-1].council.name


def _open(council: Council, on: date) -> Council:
    closed = council.closed_on
    if closed is None or on <= closed:
        return council
    heirs = " and ".join(sorted(c.name for c in council.successors.all()))
    raise CouncilClosed(
        f"{council.name} closed on {closed.day} {closed:%B %Y}; "
        f"write its successor: {heirs}"
    )


def _words(name: str) -> str:
    text = name.casefold().replace("&", " and ").replace("’", "").replace("'", "")
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def plain(name: str) -> str:
    """A council's name without what kind of council it is: `Hull` for all its names
    but the one on the map.
    """
    text = _words(name)
    while (shorter := _AFTER.sub("", _BEFORE.sub("", text))) != text:
        text = shorter
    return text
