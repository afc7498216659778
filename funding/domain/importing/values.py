"""Values of cells as text."""

import re
from datetime import datetime

from funding.domain.importing.tables import Cell
from innovation.core.lines import unprintable_problem

_ERROR = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z][A-Z0-9/_]*[!?])")
_FORMULA = re.compile(r"=(?![=>])")


def require_value(cell: Cell) -> Cell:
    """The cell; raise `ValueError` for a formula error or what cannot be printed."""
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
    problem = unprintable_problem(cell) if isinstance(cell, str) else None
    if problem:
        raise ValueError(problem)
    return cell


def text(cell: Cell) -> str:
    """The cell as text; a number in a text column is text too: 7.0 is “7”."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)
