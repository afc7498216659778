"""The field for names of councils or organisations, one per line."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from innovation.core import limits
from innovation.core.lines import single_line
from innovation.organisations.models import Council, CouncilGroup, Organisation
from innovation.web import forms

_T = TypeVar("_T")
_IGNORED_WORDS = {
    *("council", "county", "city", "borough", "district", "metropolitan"),
    *("london", "royal", "unitary", "authority", "of", "the"),
}


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
    """The councils by name, official name or DfE number; a group's name stands for its
    members. Raise `ValidationError` for an unknown one, with the most similar name.
    """
    councils_by_name: dict[str, Council] = {}
    for council in Council.objects.order_by("-closed_on"):
        councils_by_name[council.dfe_number] = council
        councils_by_name[normalise_name(council.official_name)] = council
        councils_by_name[normalise_name(council.name)] = council
    return _match_lines(
        _expand_groups(text), councils_by_name, "council", normalise_name
    )


def _expand_groups(text: str) -> str:
    groups = {
        group.name.lower(): group
        for group in CouncilGroup.objects.prefetch_related("councils")
    }
    lines = [
        to_lines(groups[line.lower()].councils.all())
        if line.lower() in groups
        else line
        for line in _split_lines(text)
    ]
    return "\n".join(lines)


def parse_organisations(text: str) -> list[Organisation]:
    """The registered organisations with these full names or references."""
    lines = _split_lines(text)
    organisations = Organisation.objects.filter(
        name__in=lines
    ) | Organisation.objects.filter(key__in=[line.upper() for line in lines])
    by_name = {body.name.lower(): body for body in organisations}
    by_name |= {body.key.lower(): body for body in organisations}
    return _match_lines(text, by_name, "registered organisation", str.lower)


def normalise_name(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower().replace("&", " and "))
    return (
        " ".join(word for word in words if word not in _IGNORED_WORDS) or name.lower()
    )


def to_lines(rows: Iterable[object]) -> str:
    return "\n".join(map(str, rows))


def _split_lines(text: str) -> list[str]:
    lines = (single_line(line) for line in text.splitlines())
    return [line for line in lines if line]


def _match_lines(
    text: str, by_name: Mapping[str, _T], noun: str, key: Callable[[str], str]
) -> list[_T]:
    matches: list[_T] = []
    problems: list[str] = []
    for line in _split_lines(text):
        match = by_name.get(key(line))
        if match is None:
            problems.append(_unknown_message(line, by_name, noun, key))
        elif match not in matches:
            matches.append(match)
    if problems:
        raise ValidationError(problems)
    return matches


def _unknown_message(
    line: str, by_name: Mapping[str, object], noun: str, key: Callable[[str], str]
) -> str:
    near = get_close_matches(key(line)[: limits.LINE], list(by_name), n=1)
    hint = f": did you mean {by_name[near[0]]}?" if near else ""
    return f"There is no {noun} called “{line[:80]}”{hint}"
