"""The schemes an official number may belong to, from the org-id.guide register."""

import re
from collections.abc import Mapping
from functools import cache

from innovation.core.errors import Invalid
from innovation.organisations.domain.files import DATA, rows

_SHAPES = {
    "GB-COH": (r"[A-Z0-9]{8}", "A company number has 8 letters and digits"),
    "GB-CHC": (r"\d{6,7}", "A charity number has 6 or 7 digits"),
    "GB-LAE": (r"[A-Z]{3}", "A council’s register code has 3 letters"),
}


@cache
def names() -> dict[str, str]:
    """Scheme code to name, without those the register calls deprecated."""
    return {
        row["code"]: row["name"]
        for row in rows(DATA / "org-id-lists-gb.csv")
        if row["deprecated"] != "True"
    }


def clean(identifiers: Mapping[str, str]) -> dict[str, str]:
    """The numbers as they are kept. Raises `Invalid` for one that cannot be."""
    cleaned = {}
    for scheme, written in identifiers.items():
        value = "".join(written.split()).upper()
        if scheme not in names():
            raise Invalid.field("identifiers", f"{scheme} is not a known register")
        shape, sentence = _SHAPES.get(scheme, (r"\S+", "Enter the number"))
        if not re.fullmatch(shape, value):
            raise Invalid.field("identifiers", sentence)
        cleaned[scheme] = value
    return cleaned
