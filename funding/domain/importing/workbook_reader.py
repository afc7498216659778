"""An Excel workbook to rows of cells. Runs where memory and time are bounded."""

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
    """Those of the first sheet that has anything in it. Raises `UnreadableFile`."""
    parts = _parts(content)
    try:
        return _first_rows(parts)
    except (UnreadableFile, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # The reader is written in Rust, whose panics are no `Exception`.
        raise UnreadableFile(UNREADABLE) from None


def _first_rows(parts: dict[str, bytes]) -> list[list[Cell]]:
    book = CalamineWorkbook.from_filelike(_rebuild(parts))
    for name, sheet in _sheets(parts):
        without_value = formula_errors.find_errors(sheet)
        try:
            found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except CalamineError:
            # It knows no errors of formulas younger than itself.
            formula_errors.refuse_first(without_value)
            raise
        told = formula_errors.fill_in(
            without_value, [[_to_cell(cell) for cell in r] for r in found]
        )
        if any(told):
            return told
    raise UnreadableFile("The workbook has no rows.")


def _to_cell(cell: object) -> Cell:
    if isinstance(cell, str | float | int | bool | date | datetime):
        return cell
    if isinstance(cell, time | timedelta):
        return str(cell)
    return ""


def _sheets(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Each sheet's name and XML, in their order. It may lie anywhere in the archive."""
    lower = {name.lower(): part for name, part in parts.items()}
    places = {
        each.get("Id"): each.get("Target", "").lower().removeprefix("/")
        for each in ElementTree.fromstring(lower[_RELATIONS])
    }
    for sheet in ElementTree.fromstring(lower[_BOOK]).findall(".//{*}sheet"):
        place = places[sheet.get(_ID) or sheet.get(_STRICT_ID)]
        if not place.startswith("xl/"):
            place = f"xl/{place}"
        yield sheet.attrib["name"], lower[place]


def _parts(content: bytes) -> dict[str, bytes]:
    """The workbook's XML, of which a few kilobytes can unpack to gigabytes."""
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
        # A broken archive breaks the standard library's reader in a dozen ways.
        raise UnreadableFile(UNREADABLE) from None


def _rebuild(parts: dict[str, bytes]) -> io.BytesIO:
    """An archive of just what was looked at. The one that was sent may say that a part
    is small and go on unpacking, hold a name twice, or be a second kind of workbook.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    written.seek(0)
    return written
