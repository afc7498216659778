"""Reads an Excel workbook. Runs in the sandbox, with limited memory and time."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from funding.domain.importing import formula_errors
from funding.domain.importing.tables import UNREADABLE, Cell, UnreadableFile
from innovation.core import limits

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def rows(content: bytes) -> list[list[Cell]]:
    """The rows of the first sheet that is not empty. Raise `UnreadableFile`."""
    parts = _parts(content)
    try:
        return _first_rows(parts)
    except (UnreadableFile, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # Panics of the Rust library are not subclasses of `Exception`.
        raise UnreadableFile(UNREADABLE) from None


def _first_rows(parts: dict[str, bytes]) -> list[list[Cell]]:
    book = CalamineWorkbook.from_filelike(_rebuild(parts))
    for name, sheet in _sheets(parts):
        errors = formula_errors.find_errors(sheet)
        try:
            cell_rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except CalamineError:
            # The library does not know newer formula errors.
            formula_errors.refuse_first(errors)
            raise
        filled_rows = formula_errors.fill_in(
            errors, [[_to_cell(cell) for cell in r] for r in cell_rows]
        )
        if any(filled_rows):
            return filled_rows
    raise UnreadableFile("The workbook has no rows.")


def _to_cell(cell: object) -> Cell:
    if isinstance(cell, str | float | int | bool | date | datetime):
        return cell
    if isinstance(cell, time | timedelta):
        return str(cell)
    return ""


def _sheets(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The name and XML of each sheet, in order; it can be anywhere in the archive."""
    parts_by_path = {path.lower(): part for path, part in parts.items()}
    paths = {
        relation.get("Id"): relation.get("Target", "").lower().removeprefix("/")
        for relation in ElementTree.fromstring(parts_by_path[_RELATIONS])
    }
    for sheet in ElementTree.fromstring(parts_by_path[_BOOK]).findall(".//{*}sheet"):
        path = paths[sheet.get(_ID) or sheet.get(_STRICT_ID)]
        if not path.startswith("xl/"):
            path = f"xl/{path}"
        yield sheet.attrib["name"], parts_by_path[path]


def _parts(content: bytes) -> dict[str, bytes]:
    """The workbook's XML; a few kilobytes can unpack to gigabytes."""
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
            return {name: archive.read(name) for name in sorted(names)}
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
