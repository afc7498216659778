"""The unit in the header of an amount: 4.8 in a column “Amount (£m)” is 4.8 million."""

import re

UNITS = {
    "": "", "k": "k", "000": "k", "000s": "k", "thousand": "k", "thousands": "k",
    "m": "m", "mn": "m", "million": "m", "millions": "m",
    "bn": "bn", "billion": "bn", "billions": "bn",
}  # fmt: skip
_OTHER_WORDS = {
    "in", "of", "gbp", "pound", "pounds", "sterling",
    "awarded", "requested", "approved", "total",
}  # fmt: skip


def split_unit(words: str) -> tuple[str, list[str]]:
    """Split `amount £m` into `amount` and its unit `£m`."""
    name, unit_words = words.split(), list[str]()
    while name and _strip_marks(name[-1]) in {*UNITS, *_OTHER_WORDS}:
        unit_words.append(name.pop())
    return " ".join(name), unit_words


def read(header: str, unit_words: list[str]) -> str:
    """The unit as `Money.parse` takes it after a number, from the words after the name
    and the text in brackets. Raise `ValueError` if it is not understood.
    """
    bracketed = " ".join(re.findall(r"\((.*?)\)", header.casefold())).replace("_", " ")
    words = {
        _strip_marks(word) for word in [*unit_words, *bracketed.split()]
    } - _OTHER_WORDS
    units = {UNITS.get(word, "?") for word in words} - {""}
    if len(units) > 1 or "?" in units or set(header) & set("€$¥"):
        raise ValueError(
            "The unit is not understood: write amounts in pounds and leave out what "
            "stands in brackets, or write (£), (£k) or (£m) there"
        )
    return units.pop() if units else ""


def _strip_marks(word: str) -> str:
    return re.sub(r"[,.'’]", "", word).lstrip("£")
