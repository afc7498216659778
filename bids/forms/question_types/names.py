"""The field for names of councils or organisations, one per line."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q

from innovation.core import clock, keys, limits
from innovation.core.folding import Fold, fold
from innovation.core.lines import single_line
from innovation.organisations.domain.queries import councils
from innovation.organisations.models import Council, Organisation
from innovation.web import forms

_T = TypeVar("_T")


class NamesField(forms.LongTextField):
    """The value is a list of objects; invalid input is shown again as typed."""

    def __init__(
        self, read: Callable[[str], list[Any]], *, rows: int = 5, **options: Any
    ) -> None:
        self._read = read
        super().__init__(rows=rows, **options)

    def clean(self, value: Any) -> list[Any]:
        text = super().clean(value)
        if len(_split_lines(text)) > limits.LINES_OF_NAMES:
            raise ValidationError(f"Enter at most {limits.LINES_OF_NAMES} lines")
        return self._read(text)


def parse_councils(text: str) -> list[Council]:
    """The councils of today by any of their names, numbers or codes; a group's name
    stands for its members. Raise `ValidationError` for an unknown or closed one, with
    the name to write instead.
    """
    today = clock.london_day(clock.now())
    directory, groups = councils.Directory.load(), councils.groups()

    def match(line: str) -> list[Council]:
        if members := groups.get(fold(line)):
            return members
        return [directory.resolve(line, on=today)]

    return _match_lines(text, match)


def parse_organisations(text: str) -> list[Organisation]:
    """The registered organisations with these names or references; a council by any of
    its names. Raise `ValidationError` for an unknown one or a closed council.
    """
    names = _OrganisationNames(_split_lines(text))
    return _match_lines(text, lambda line: [names.match(line)])


class _OrganisationNames:
    """The organisations that lines could name, read at once."""

    def __init__(self, lines: list[str]) -> None:
        self.today = clock.london_day(clock.now())
        self.named: dict[str, list[Organisation]] = defaultdict(list)
        registered = Organisation.objects.alias(folded=Fold("name")).filter(
            Q(folded__in=set(map(fold, lines))) | Q(key__in=map(keys.normalise, lines))
        )
        for organisation in registered.select_related("council"):
            self.named[fold(organisation.name)].append(organisation)
            self.named[fold(organisation.key)].append(organisation)

    @cached_property
    def directory(self) -> councils.Directory:
        return councils.Directory.load()

    def match(self, line: str) -> Organisation:
        """Raise `ValueError` with a message."""
        matches = self._registered(line) or self._council(line)
        if len(matches) > 1:
            references = " or ".join(row.key for row in matches)
            raise ValueError(f"“{line[:80]}” could be several: write {references}")
        if not matches:
            raise ValueError(
                f"There is no registered organisation called “{line[:80]}”"
            )
        [organisation] = matches
        if organisation.council is not None:
            councils.require_open(organisation.council, self.today)
        return organisation

    def _registered(self, line: str) -> list[Organisation]:
        """Two organisations may differ in so little that only the exact name tells."""
        key = fold(keys.normalise(line))
        named = self.named.get(fold(line)) or self.named.get(key, [])
        same = [row for row in named if row.name.casefold() == line.casefold()]
        return same or named

    def _council(self, line: str) -> list[Organisation]:
        try:
            council = self.directory.resolve(line, on=self.today)
        except councils.CouncilClosed:
            raise
        except councils.NotACouncil:
            return []
        return list(
            Organisation.objects.filter(council=council).select_related("council")
        )


def to_lines(rows: Iterable[object]) -> str:
    return "\n".join(map(str, rows))


def councils_to_lines(rows: Iterable[Council]) -> str:
    """One line for each council, which `parse_councils` reads as the same council."""
    today = clock.london_day(clock.now())
    return "\n".join(councils.line_of(council, on=today) for council in rows)


def _split_lines(text: str) -> list[str]:
    lines = (single_line(line) for line in text.splitlines())
    return [line for line in lines if line]


def _match_lines(text: str, match: Callable[[str], list[_T]]) -> list[_T]:
    """What `match` finds for each line; it raises `ValueError` with a message."""
    matches: dict[_T, None] = {}
    problems: list[str] = []
    for line in _split_lines(text):
        try:
            matches |= dict.fromkeys(match(line))
        except ValueError as problem:
            problems.append(str(problem))
    if problems:
        raise ValidationError(problems)
    return list(matches)
