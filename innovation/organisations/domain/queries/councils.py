"""Finds a council by number, code or any of its names, at a date."""

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from innovation.organisations.models import Council, CouncilCode

_PREFIX = re.compile(
    r"^(?:london borough|royal borough|metropolitan borough|borough|city|county"
    r"|council)( council)? of (the )?|^county (?=durham$)"
)
_SUFFIX = re.compile(
    r" (?:(?:metropolitan borough|metropolitan district|london borough|county"
    r"|city and county|city|borough|district|unitary) council|council|mbc|corporation"
    r"|city of|county of)$"
)


class NotACouncil(ValueError):
    """The text is not a council; the message says which councils could be meant."""


class CouncilClosed(NotACouncil):
    """The council had closed before the day."""


@dataclass(frozen=True, slots=True)
class _CouncilName:
    council: Council
    valid_from: date | None = None
    valid_to: date | None = None

    def was_in_use(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(slots=True)
class Directory:
    """All councils under all their names. Takes two queries when it is created."""

    numbers: dict[str, Council] = field(default_factory=dict)
    codes: dict[str, Council] = field(default_factory=dict)
    names: dict[str, list[_CouncilName]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Directory":
        directory = cls()
        for council in Council.objects.prefetch_related("successors"):
            directory.numbers[council.dfe_number] = council
            for other in council.also_known_as:
                directory._add_name(
                    other, _CouncilName(council, None, council.closed_on)
                )
        for code in CouncilCode.objects.order_by("valid_from"):
            council = directory.numbers[code.council_id]
            directory.codes[code.gss_code] = council
            # Codes are dated from 2009 at the earliest; the names are older.
            valid_from = code.valid_from if code.valid_from > date(2009, 1, 1) else None
            council_name = _CouncilName(council, valid_from, code.valid_to)
            directory._add_name(code.name, council_name)
            directory._add_name(code.official_name, council_name)
        return directory

    def resolve(self, name: str, *, on: date) -> Council:
        """The council with this name, number or code on the day.

        A name that was not in use on the day still finds a council that existed then
        under another code. If it had closed, the error names its successors. Raise
        `NotACouncil`.
        """
        text = name.strip()
        council = self.numbers.get(text) or self.codes.get(text.upper())
        if council is not None:
            return _require_open(council, on)
        matches = self.names.get(_normalise(text)) or self.names.get(
            plain_name(text), []
        )
        in_use = {n.council.dfe_number: n.council for n in matches if n.was_in_use(on)}
        councils = in_use or {n.council.dfe_number: n.council for n in matches}
        if len(councils) == 1:
            return _require_open(next(iter(councils.values())), on)
        raise NotACouncil(self._unknown_message(text, list(councils.values())))

    def _add_name(self, name: str, council_name: _CouncilName) -> None:
        for key in {plain_name(name), _normalise(name)} - {"", "london"}:
            self.names.setdefault(key, []).append(council_name)

    def _unknown_message(self, text: str, candidates: list[Council]) -> str:
        if candidates:
            names = " or ".join(f"{c.name} ({c.dfe_number})" for c in candidates)
            return f"“{text}” could be {names}; write its DfE number"
        similar = get_close_matches(plain_name(text), self.names, n=1, cutoff=0.8)
        if similar:
            return f"“{text}” is not a council; did you mean {self._name(similar[0])}?"
        return f"“{text}” is not a council with children’s services duties in England"

    def _name(self, key: str) -> str:
        return self.names[key][-1].council.name


def _require_open(council: Council, on: date) -> Council:
    closed_on = council.closed_on
    if closed_on is None or on <= closed_on:
        return council
    successors = " and ".join(sorted(c.name for c in council.successors.all()))
    raise CouncilClosed(
        f"{council.name} closed on {closed_on.day} {closed_on:%B %Y}; "
        f"write its successor: {successors}"
    )


def _normalise(name: str) -> str:
    text = name.casefold().replace("&", " and ").replace("’", "").replace("'", "")
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def plain_name(name: str) -> str:
    """A council's name without the kind of council: `Hull` for most of its names."""
    text = _normalise(name)
    while (shorter := _SUFFIX.sub("", _PREFIX.sub("", text))) != text:
        text = shorter
    return text
