"""The schemes of official numbers, from the org-id.guide register."""

from collections.abc import Mapping
from functools import cache

from innovation.core.errors import Invalid
from innovation.organisations.domain import numbers
from innovation.organisations.domain.data_files import DATA, read_rows


@cache
def names() -> dict[str, str]:
    """Scheme code to name, without deprecated schemes."""
    return {
        row["code"]: row["name"]
        for row in read_rows(DATA / "org-id-lists-gb.csv")
        if row["deprecated"] != "True"
    }


def clean(identifiers: Mapping[str, str]) -> dict[str, str]:
    """The numbers as they are stored. Raise `Invalid` for an impossible one."""
    cleaned = {}
    for scheme, number in identifiers.items():
        if scheme not in names():
            raise Invalid.field("identifiers", f"{scheme} is not a known register")
        try:
            cleaned[scheme] = numbers.read(scheme, number)
        except numbers.NotANumber as error:
            raise Invalid.field("identifiers", str(error)) from None
    return cleaned
