"""Values of cells as text."""

import re
from datetime import datetime

from funding.domain.importing.tables import Cell
from innovation.core.lines import unprintable_problem

_ERROR = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z][A-Z0-9/_]*[!?])")
_FORMULA = re.compile(r"=(?![=>])")
_PLACEHOLDERS = {
    "tbc", "tba", "tbd", "to be confirmed", "to be announced", "to be decided",
    "n/a", "na", "n.a", "not applicable", "not available", "none", "nil", "null",
    "unknown", "not known", "-", "--", "–", "—", "?", "??", "???",
}  # fmt: skip
"""What people write where there is no value, without capitals and last full stops."""
_LOST = "\N{REPLACEMENT CHARACTER}"
_MISREAD = re.compile(
    "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|â€.?"
)
"""Letters of UTF-8 that were read as Windows-1252 before the file was saved."""


def require_value(cell: Cell) -> Cell:
    """The cell; raise `ValueError` for a formula error, a letter that was lost, or what
    cannot be printed.
    """
    if isinstance(cell, str) and _ERROR.fullmatch(cell):
        raise ValueError(
            f"“{cell}” is an error of a formula: correct it in the spreadsheet, or "
            "write the value in its place"
        )
    if isinstance(cell, str) and _FORMULA.match(cell):
        raise ValueError(
            "This formula was saved without its result: open the file in a spreadsheet "
            "program and save it there, or write the value in its place"
        )
    if isinstance(cell, str):
        _require_whole_letters(cell)
        if problem := unprintable_problem(cell):
            raise ValueError(problem)
    return cell


def _require_whole_letters(text: str) -> None:
    if _LOST in text:
        raise ValueError(
            "A letter was lost when the file was saved, and is � now: write it again"
        )
    if match := _MISREAD.search(text):
        raise ValueError(
            f"“{match[0]}” was another letter before the file was saved: write it "
            "again, or save the sheet again as CSV UTF-8"
        )


def is_placeholder(cell: Cell) -> bool:
    """Whether the cell says that there is no value: `tbc`, `n/a`."""
    return isinstance(cell, str) and (cell.casefold().rstrip(".") in _PLACEHOLDERS)


def text(cell: Cell) -> str:
    """The cell as text; a number in a text column is text too: 7.0 is “7”."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)
