"""Numbers by the question's code, as a section page carries them: `idea:3 money:1`."""

from collections.abc import Mapping

from django.http import HttpRequest

ADD_ROW = "another-row"
"""Of the button that adds a row: with a hyphen, which no question's code has."""


def parse(text: str | None) -> dict[str, int] | None:
    """None where the page does not say."""
    if text is None:
        return None
    pairs = (pair.rpartition(":") for pair in text.split())
    return {
        code: int(number[:9]) for code, _, number in pairs if number[:9].isdecimal()
    }


def serialise(found: Mapping[str, int]) -> str:
    return " ".join(f"{code}:{number}" for code, number in sorted(found.items()))


def requested_rows(request: HttpRequest) -> dict[str, int]:
    """How many rows there are to be at least."""
    return parse(request.POST.get(ADD_ROW) or request.GET.get(ADD_ROW)) or {}
