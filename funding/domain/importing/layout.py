"""What a sheet of a workbook shows besides the values of its cells."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from xml.etree import ElementTree

from funding.domain.importing.formula_errors import cell_position
from funding.domain.importing.number_formats import (
    CellFormat,
    has_raised_number,
    is_struck,
)
from funding.domain.importing.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    column_index,
)

_RANGE = re.compile(
    r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?"
)
_NO_FORMAT = CellFormat()


@dataclass(slots=True)
class Range:
    """Cells; rows are numbered from 1 and columns from 0. Both ends are included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def rows(self) -> range:
        return range(self.first_row, min(self.last_row, MAX_ROWS) + 1)

    @property
    def columns(self) -> range:
        last = min(self.last_column, 3 * MAX_COLUMNS - 1)
        return range(self.first_column, last + 1)


@dataclass(slots=True)
class Mark:
    """Something about a cell, such as `struck` or `currency`; `text` says which."""

    kind: str
    row: int
    column: int
    text: str = ""


@dataclass(slots=True)
class Layout:
    """`problems` and `notices` are sentences about the whole workbook."""

    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    filtered: bool = False
    counts_from_1904: bool = False
    marks: list[Mark] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def range_of(reference: str | None) -> Range | None:
    match = _RANGE.fullmatch(reference or "")
    if match is None:
        return None
    column, row, last_column, last_row = match.groups()
    return Range(
        int(row),
        column_index(column),
        int(last_row or row),
        column_index(last_column or column),
    )


def shared_text_marks(shared_strings: bytes | None) -> dict[str, list[str]]:
    """What is special about a part of a shared text, by the number of the text."""
    marks, number = {}, 0
    for _, element in ElementTree.iterparse(io.BytesIO(shared_strings or b"<sst/>")):
        if element.tag.rpartition("}")[2] == "si":
            if kinds := _text_marks(element):
                marks[str(number)] = kinds
            number += 1
            element.clear()
    return marks


def _text_marks(text: ElementTree.Element) -> list[str]:
    kinds = (("struck", is_struck), ("raised", has_raised_number))
    return [kind for kind, applies in kinds if applies(text)]


class LayoutReader:
    """Reads the XML of one sheet into `layout`. Puts what a cell shows into `rows` if
    its value says more or less: `Feb 2015`, `00042`.
    """

    def __init__(
        self,
        formats: list[CellFormat],
        text_marks: Mapping[str, list[str]],
        rows: list[list[Cell]],
    ) -> None:
        self.formats, self.text_marks, self.rows = formats, text_marks, rows
        self.layout = Layout()
        self.links: list[tuple[Range, str | None, str]] = []
        self.has_page_text = False
        self.coloured_rows: set[int] = set()

    def read(self, sheet: bytes) -> None:
        row = column = -1
        events = ElementTree.iterparse(io.BytesIO(sheet), ("start", "end"))
        for event, element in events:
            name = element.tag.rpartition("}")[2]
            if event == "start":
                if name == "row":
                    row, column = int(element.get("r", row + 2)) - 1, -1
                    self._read_row(element, row)
                elif name == "c":
                    row, column = cell_position(element.get("r"), row, column + 1)
            elif name == "c":
                self._read_cell(element, row, column)
            elif name == "row":
                element.clear()
            else:
                self._read_other(name, element)

    def _read_row(self, element: ElementTree.Element, row: int) -> None:
        if _is_true(element.get("hidden")) or element.get("ht") == "0":
            self.layout.hidden_rows.append(row + 1)

    def _read_cell(self, cell: ElementTree.Element, row: int, column: int) -> None:
        if self._value(row, column) == "":
            return
        style = int(cell.get("s", 0))
        shown = self.formats[style] if style < len(self.formats) else _NO_FORMAT
        if shown.struck:
            self._mark("struck", row, column)
        if cell.get("t") == "s":
            for kind in self.text_marks.get(cell.findtext("{*}v", ""), ()):
                self._mark(kind, row, column)
        elif cell.get("t") == "inlineStr":
            for kind in _text_marks(cell):
                self._mark(kind, row, column)
        if "HYPERLINK(" in cell.findtext("{*}f", "").upper():
            self._mark("link", row, column)
        if shown.hidden:
            self._mark("hidden", row, column)
        if shown.coloured and row not in self.coloured_rows:
            self.coloured_rows.add(row)
            self._mark("coloured", row, column)
        if not isinstance(self._value(row, column), str):
            self._read_number_format(shown, row, column)

    def _read_number_format(self, shown: CellFormat, row: int, column: int) -> None:
        if shown.percent:
            self._mark("percent", row, column)
        if shown.currency:
            self._mark("currency", row, column, shown.currency)
        if shown.unit:
            self._mark("unit", row, column, shown.unit)
        if shown.scaled:
            self._mark("scaled", row, column)
        self._show(row, column, shown.shown_as)

    def _value(self, row: int, column: int) -> Cell:
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    def _mark(self, kind: str, row: int, column: int, text: str = "") -> None:
        self.layout.marks.append(Mark(kind, row + 1, column, text))

    def _show(self, row: int, column: int, shown_as: str) -> None:
        """Put what the cell shows in the place of its value."""
        value = self._value(row, column)
        if shown_as.startswith("%"):
            if not isinstance(value, str | float | int):
                self.rows[row][column] = value.strftime(shown_as)
        elif shown_as and isinstance(value, float | int) and value == int(value):
            self.rows[row][column] = str(int(value)).zfill(len(shown_as))

    def _read_other(self, name: str, element: ElementTree.Element) -> None:
        if name == "mergeCell":
            if merged := range_of(element.get("ref")):
                self.layout.merged.append(merged)
        elif name == "col":
            if _is_true(element.get("hidden")) or element.get("width") == "0":
                first, last = int(element.get("min", 1)), int(element.get("max", 1))
                self.layout.hidden_columns += range(
                    first - 1, min(last, 3 * MAX_COLUMNS)
                )
        elif name == "autoFilter":
            self.layout.filtered = True
        elif name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter"):
            self.has_page_text = self.has_page_text or bool(
                (element.text or "").strip()
            )
        elif name == "hyperlink":
            self._read_link(element)

    def _read_link(self, element: ElementTree.Element) -> None:
        linked = range_of(element.get("ref"))
        if linked is not None:
            relation = next(
                (value for key, value in element.attrib.items() if key.endswith("}id")),
                None,
            )
            self.links.append((linked, relation, element.get("location", "")))

    def add_links(self, targets: dict[str, str]) -> None:
        """Mark the cells whose link leads elsewhere than to what they say."""
        for linked, relation, location in self.links:
            target = targets.get(relation or "", location)
            for row, column in product(linked.rows, linked.columns):
                shown = str(self._value(row - 1, column))
                if shown and shown.strip("/") not in target:
                    self._mark("link", row - 1, column)

    def add_comments(self, comments: bytes) -> None:
        for comment in ElementTree.fromstring(comments).iter():
            name = comment.tag.rpartition("}")[2]
            if name in ("comment", "threadedComment") and (
                place := range_of(comment.get("ref"))
            ):
                self._mark("comment", place.first_row - 1, place.first_column)


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")
