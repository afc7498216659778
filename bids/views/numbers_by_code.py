"""Numbers by the question's code, as in a section page's fields: `idea:3 money:1`."""

from collections.abc import Mapping

from django.http import HttpRequest

ADD_ROW = "another-row"
"""The name of the button that adds a row; question codes have no hyphen."""
REMOVE_ROW = "remove-row"
"""The name of the button that removes a row; its value is the code and the number."""


def parse(text: str | None) -> dict[str, int] | None:
    """The numbers, or `None` if the page has not sent the field."""
    if text is None:
        return None
    pairs = (pair.rpartition(":") for pair in text.split())
    return {
        code: int(number[:9]) for code, _, number in pairs if number[:9].isdecimal()
    }


def serialise(numbers: Mapping[str, int]) -> str:
    return " ".join(f"{code}:{number}" for code, number in sorted(numbers.items()))


def requested_rows(request: HttpRequest) -> dict[str, int]:
    """The minimum number of rows."""
    return parse(request.POST.get(ADD_ROW) or request.GET.get(ADD_ROW)) or {}


def removed_rows(request: HttpRequest) -> dict[str, int]:
    """The row that is to be removed."""
    return parse(request.POST.get(REMOVE_ROW)) or {}
