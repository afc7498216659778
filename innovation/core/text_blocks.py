"""The shape of a text that somebody typed, for a Typst template: its lines, and tables
of the lines that have tabs, as a table pasted from Word or Excel has.
"""

from itertools import groupby
from typing import TypedDict

_TAB_WIDTH = 4
_MAX_COLUMNS = 20
_MAX_INDENT = 40


class Block(TypedDict, total=False):
    """Either a table, whose rows have the same number of cells, or a line, which is
    empty if it is blank.
    """

    rows: list[list[str]]
    line: str
    indent: int
    """The number of spaces before the line."""


def text_blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    for _, group in groupby(text.splitlines(), key=_has_tab):
        lines = [line.rstrip() for line in group]
        if _are_table(lines):
            blocks.append({"rows": _table_rows(lines)})
        else:
            blocks += [_line_block(line) for line in lines]
    return blocks


def _has_tab(line: str) -> bool:
    return "\t" in line.rstrip()


def _are_table(lines: list[str]) -> bool:
    """Tabs before the first word of each line only indent it."""
    is_indented_only = all("\t" not in line.lstrip() for line in lines)
    widest = max(line.count("\t") for line in lines)
    return not is_indented_only and widest < _MAX_COLUMNS


def _table_rows(lines: list[str]) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    width = max(len(row) for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _line_block(line: str) -> Block:
    expanded = line.expandtabs(_TAB_WIDTH).rstrip()
    words = expanded.lstrip()
    return {"line": words, "indent": min(len(expanded) - len(words), _MAX_INDENT)}
