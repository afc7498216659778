"""Reads an Excel workbook. Runs in the sandbox, with limited memory and time."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from funding.domain.importing import formula_errors, headings, number_formats
from funding.domain.importing.layout import Layout, LayoutReader, shared_text_marks
from funding.domain.importing.tables import UNREADABLE, Cell, UnreadableFile
from innovation.core import limits

_BOOK = "xl/workbook.xml"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_HIDDEN = ("hidden", "veryHidden")
_OUTSIDE = ("xl/externallinks/", "xl/connections.xml")
_ALL_HIDDEN = (
    "Every sheet with anything in it is hidden. Show the sheet of the cases, and try "
    "again."
)
_MACROS = "The workbook has macros, which we left out."
_OTHER_FILES = (
    "The workbook takes values from other files. We read the values that were saved in "
    "it, which may be old."
)
_PICTURES = "We left out the pictures, charts and text boxes of the sheet."
_PIVOTS = "The sheet has a pivot table. We read its cells like any others."
_PAGE_TEXT = "We left out the headers and footers of its printed pages."


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    path: str
    hidden: bool

    @property
    def label(self) -> str:
        if self.hidden:
            return f"“{self.name}” (hidden)"
        chart = "chartsheets/" in self.path
        return f"“{self.name}” (a chart)" if chart else f"“{self.name}”"


@dataclass(slots=True)
class _Choice:
    """The sheet that is read, and what becomes of the others."""

    sheet: _Sheet | None = None
    rows: list[list[Cell]] = field(default_factory=list)
    has_headings: bool = False
    left_out: list[_Sheet] = field(default_factory=list)
    with_headings: list[_Sheet] = field(default_factory=list)
    refusal: UnreadableFile | None = None

    def offer(self, sheet: _Sheet, rows: list[list[Cell]]) -> None:
        """Take the first sheet with headings, otherwise the first that is not empty."""
        has_headings = headings.find(rows) is not None
        if has_headings:
            self.with_headings.append(sheet)
        if self.sheet is not None and (self.has_headings or not has_headings):
            self.left_out.append(sheet)
            return
        if self.sheet is not None:
            self.left_out.append(self.sheet)
        self.sheet, self.rows, self.has_headings = sheet, rows, has_headings


def read(content: bytes) -> tuple[list[list[Cell]], Layout]:
    """The rows of the visible sheet with the cases. Raise `UnreadableFile`."""
    parts, names = _parts(content)
    try:
        return _Workbook(parts, names).read()
    except (UnreadableFile, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # Panics of the Rust library are not subclasses of `Exception`.
        raise UnreadableFile(UNREADABLE) from None


class _Workbook:
    """`parts` is the XML by path; `names` are all paths in the archive."""

    def __init__(self, parts: dict[str, bytes], names: list[str]) -> None:
        self.book = CalamineWorkbook.from_filelike(_rebuild(parts))
        # Paths in a workbook do not depend on capitals.
        self.parts = {path.lower(): part for path, part in parts.items()}
        self.names = [name.lower() for name in names]
        self.root = ElementTree.fromstring(self.parts[_BOOK])

    def read(self) -> tuple[list[list[Cell]], Layout]:
        sheets = list(self._sheets())
        choice = self._choose(sheet for sheet in sheets if not sheet.hidden)
        choice.left_out += [
            sheet for sheet in sheets if sheet.hidden and self._has_cells(sheet)
        ]
        if choice.refusal is not None and not choice.has_headings:
            raise choice.refusal
        if choice.sheet is None:
            hidden = any(sheet.hidden for sheet in choice.left_out)
            raise UnreadableFile(_ALL_HIDDEN if hidden else "The workbook has no rows.")
        layout = self._layout(choice.sheet, choice.rows)
        layout.problems += _sheet_problems(choice)
        layout.notices += [*_sheet_notices(choice), *self._notices()]
        return choice.rows, layout

    def _sheets(self) -> Iterator[_Sheet]:
        """All sheets in order; their parts can be anywhere in the archive."""
        paths = {key: path for key, _, path in self._relations(_BOOK)}
        for sheet in self.root.findall(".//{*}sheet"):
            path = paths[sheet.get(_ID) or sheet.get(_STRICT_ID) or ""]
            yield _Sheet(sheet.attrib["name"], path, sheet.get("state") in _HIDDEN)

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """The id, kind and path, or address, of what a part refers to."""
        folder, name = posixpath.split(part)
        relations = self.parts.get(f"{folder}/_rels/{name}.rels")
        for relation in ElementTree.fromstring(relations or b"<Relationships/>"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", folder, target)
                ).lstrip("/").lower()  # fmt: skip
            kind = relation.get("Type", "").rpartition("/")[2]
            yield relation.get("Id", ""), kind, target

    def _choose(self, sheets: Iterator[_Sheet]) -> _Choice:
        choice = _Choice()
        for sheet in sheets:
            try:
                rows = self._rows(sheet)
            except UnreadableFile as refused:
                choice.refusal = choice.refusal or refused
                choice.left_out.append(sheet)
                continue
            if any(rows):
                choice.offer(sheet, rows)
            elif "chartsheets/" in sheet.path:
                choice.left_out.append(sheet)
        return choice

    def _rows(self, sheet: _Sheet) -> list[list[Cell]]:
        errors = formula_errors.find_errors(self.parts[sheet.path])
        try:
            cell_rows = self.book.get_sheet_by_name(sheet.name).to_python(
                skip_empty_area=False
            )
        except CalamineError:
            # The library does not know newer formula errors.
            formula_errors.refuse_first(errors)
            raise UnreadableFile(UNREADABLE) from None
        return formula_errors.fill_in(
            errors, [[_to_cell(cell) for cell in r] for r in cell_rows]
        )

    def _has_cells(self, sheet: _Sheet) -> bool:
        xml = io.BytesIO(self.parts[sheet.path])
        return any(
            element.tag.rpartition("}")[2] in ("v", "is")
            for _, element in ElementTree.iterparse(xml, ("start",))
        )

    def _layout(self, sheet: _Sheet, rows: list[list[Cell]]) -> Layout:
        book_parts = {kind: path for _, kind, path in self._relations(_BOOK)}
        reader = LayoutReader(
            number_formats.read(self.parts.get(book_parts.get("styles", ""))),
            shared_text_marks(self.parts.get(book_parts.get("sharedStrings", ""))),
            rows,
        )
        reader.read(self.parts[sheet.path])
        relations = list(self._relations(sheet.path))
        reader.add_links({key: target for key, _, target in relations})
        kinds = {kind for _, kind, _ in relations}
        for _, kind, path in relations:
            # A thread of comments has an old comment beside it, for older programs.
            if kind == "comments" and path in self.parts:
                reader.add_comments(self.parts[path])
        book = self.root.find("{*}workbookPr")
        layout = reader.layout
        layout.counts_from_1904 = book is not None and book.get("date1904") in (
            "1", "true",
        )  # fmt: skip
        layout.notices += [
            sentence
            for sentence, applies in (
                (_PICTURES, kinds & {"drawing", "oleObject", "control", "picture"}),
                (_PIVOTS, "pivotTable" in kinds),
                (_PAGE_TEXT, reader.has_page_text),
            )
            if applies
        ]
        return layout

    def _notices(self) -> Iterator[str]:
        if any(name.endswith("vbaproject.bin") for name in self.names):
            yield _MACROS
        if any(name.startswith(_OUTSIDE) for name in self.names):
            yield _OTHER_FILES


def _sheet_problems(choice: _Choice) -> Iterator[str]:
    if len(choice.with_headings) > 1:
        names = " and ".join(sheet.label for sheet in choice.with_headings)
        yield (
            f"The sheets {names} all have headings of cases. Send each as a file of "
            "its own, or delete those that are not meant."
        )


def _sheet_notices(choice: _Choice) -> Iterator[str]:
    if choice.sheet is not None and choice.left_out:
        names = ", ".join(sheet.label for sheet in choice.left_out)
        yield f"We read the sheet {choice.sheet.label} and left out {names}."


def _to_cell(cell: object) -> Cell:
    if isinstance(cell, str | float | int | bool | date | datetime):
        return cell
    if isinstance(cell, time | timedelta):
        return str(cell)
    return ""


def _parts(content: bytes) -> tuple[dict[str, bytes], list[str]]:
    """The workbook's XML, and the names of all that is in the archive; a few kilobytes
    can unpack to gigabytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {
                name
                for name in archive.namelist()
                if name.endswith((".xml", ".rels")) and name != "content.xml"
            }
            if _BOOK not in names:
                raise UnreadableFile(UNREADABLE)
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > limits.IMPORT_UNPACKED_BYTES:
                raise UnreadableFile("The workbook is too large when unpacked.")
            parts = {name: archive.read(name) for name in sorted(names)}
            return parts, archive.namelist()
    except (UnreadableFile, MemoryError):
        raise
    except Exception:
        # A broken archive makes the standard library raise many kinds of error.
        raise UnreadableFile(UNREADABLE) from None


def _rebuild(parts: dict[str, bytes]) -> io.BytesIO:
    """A new archive with only the parts that were checked. The original may have wrong
    sizes, duplicate names, or another kind of workbook in it.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    buffer.seek(0)
    return buffer
