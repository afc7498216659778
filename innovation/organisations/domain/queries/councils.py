"""Finds a council by number, code or any of its names, at a date.

Forms, filters, imports and the API all ask `Directory`.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from innovation.core.errors import Invalid
from innovation.core.folding import fold
from innovation.organisations.models import Council, CouncilCode, CouncilGroup

_PREFIX = re.compile(
    r"^(?:the )?(?:london borough|royal borough|metropolitan borough|borough|city"
    r"|county|council|lb|rb)( council)? of (the )?|^(?:lb|rb) |^county (?=durham$)"
)
_WITH_NUMBER = re.compile(r"(?P<name>.*\S)\s*\((?P<number>[0-9]{3})\)")
"""As `line_of` and the messages write a council: `Dorset (838)`."""
_NUMBER = re.compile(r"[0-9]{3}")
_BETWEEN_NAMES = re.compile(r"[,;/+&\n]| and ")
_LONGEST_SHOWN = 80
_SUFFIX = re.compile(
    r" (?:(?:metropolitan borough|metropolitan district|london borough|county"
    r"|city and county|city|borough|district|unitary) council|council|mbc|mdc|lbc|cc"
    r"|corporation|city of|county of)$"
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
        codes = list(CouncilCode.objects.order_by("valid_from"))
        with_codes = {code.council_id for code in codes}
        for council in Council.objects.prefetch_related("successors"):
            directory.numbers[council.dfe_number] = council
            names = [*council.also_known_as]
            if council.dfe_number not in with_codes:
                names += [council.name, council.official_name]
            for name in names:
                directory._add_name(
                    name, _CouncilName(council, None, council.closed_on)
                )
        for code in codes:
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
        matches = self._matches(name)
        in_use = {n.council.dfe_number: n.council for n in matches if n.was_in_use(on)}
        councils = in_use or {n.council.dfe_number: n.council for n in matches}
        if len(councils) == 1:
            return require_open(next(iter(councils.values())), on)
        raise NotACouncil(self._unknown_message(name.strip(), list(councils.values())))

    def find(self, text: str) -> list[Council]:
        """The councils that this was ever the name, number or code of; if there are
        none, those with a name that begins with it. Raise `NotACouncil`.
        """
        matches = self._matches(text)
        beginning = fold(text)
        if not matches and beginning:
            matches = [
                council_name
                for name, council_names in self.names.items()
                if name.startswith(beginning)
                for council_name in council_names
            ]
        councils = {match.council.dfe_number: match.council for match in matches}
        if not councils:
            raise NotACouncil(self._unknown_message(text.strip(), []))
        return list(councils.values())

    def _matches(self, name: str) -> list[_CouncilName]:
        folded = fold(name)
        with_number = _WITH_NUMBER.fullmatch(name.strip())
        if with_number:
            council = self.numbers.get(with_number["number"])
            named = self._matches(with_number["name"])
            return [match for match in named if match.council == council]
        council = self.numbers.get(folded) or self.codes.get(folded.upper())
        if council is not None:
            return [_CouncilName(council)]
        return self.names.get(folded) or self.names.get(plain_name(name), [])

    def _add_name(self, name: str, council_name: _CouncilName) -> None:
        for key in {plain_name(name), fold(name)} - {"", "london"}:
            self.names.setdefault(key, []).append(council_name)

    def _unknown_message(self, text: str, candidates: list[Council]) -> str:
        text = text[:_LONGEST_SHOWN]
        if candidates:
            names = " or ".join(f"{c.name} ({c.dfe_number})" for c in candidates)
            return f"“{text}” could be {names}; write its DfE number"
        if self._are_several(text):
            return f"“{text}” names several councils; write each by itself"
        similar = get_close_matches(plain_name(text), self.names, n=1, cutoff=0.6)
        if similar:
            return f"“{text}” is not a council; did you mean {self._name(similar[0])}?"
        return f"“{text}” is not a council with children’s services duties in England"

    def _are_several(self, text: str) -> bool:
        parts = _BETWEEN_NAMES.split(text)
        return len(parts) > 1 and all(map(self._matches, parts))

    def _name(self, key: str) -> str:
        return self.names[key][-1].council.name


def find_councils(text: str, field: str) -> list[Council]:
    """As `Directory.find`. Raise `Invalid` about the field. A number, by which links
    name a council, takes one small query.
    """
    if _NUMBER.fullmatch(text.strip()) and (
        council := Council.objects.filter(pk=text.strip()).first()
    ):
        return [council]
    try:
        return Directory.load().find(text)
    except NotACouncil as problem:
        raise Invalid.field(field, str(problem)) from None


def line_of(council: Council, *, on: date) -> str:
    """The council as a line of a form, from which `resolve` finds it again. The number
    tells a closed one from the one that has its name now.
    """
    if council.closed_on is not None and council.closed_on < on:
        return f"{council.name} ({council.dfe_number})"
    return council.name


def groups() -> dict[str, list[Council]]:
    """The councils of each group by its folded name."""
    rows = CouncilGroup.objects.prefetch_related("councils")
    return {fold(group.name): list(group.councils.all()) for group in rows}


def require_open(council: Council, on: date) -> Council:
    """The council; raise `CouncilClosed`, with its successors, if it had closed."""
    closed_on = council.closed_on
    if closed_on is None or on <= closed_on:
        return council
    sentence = f"{council.name} closed on {closed_on.day} {closed_on:%B %Y}"
    successors = " and ".join(sorted(c.name for c in council.successors.all()))
    if successors:
        sentence += f"; write its successor: {successors}"
    raise CouncilClosed(sentence)


def plain_name(name: str) -> str:
    """A council's name without the kind of council: `Hull` for most of its names."""
    text = fold(name)
    while (shorter := _SUFFIX.sub("", _PREFIX.sub("", text))) != text:
        text = shorter
    return text
