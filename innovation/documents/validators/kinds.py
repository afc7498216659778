"""The kinds of file that are accepted, and how their contents are recognised.

The contents must match the extension. Files with a password or macros are refused.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

from innovation.documents.validators import archives
from innovation.documents.validators.errors import FileRejected as FileRejected

_TAIL = 4096
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"
_MOST_PIXELS = 100_000_000
_OPENDOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_XML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """`check` raises `FileRejected` with the end of a sentence that starts with the
    name.
    """

    code: str
    extensions: tuple[str, ...]
    media_type: str
    check: Callable[[IO[bytes]], None]


def _wrong_kind(called: str) -> FileRejected:
    return FileRejected(f"is not {called}, or is damaged")


def _pdf(file: IO[bytes]) -> None:
    """Check the end too: an incomplete upload has none."""
    if not file.read(5) == b"%PDF-" or b"%%EOF" not in _tail(file):
        raise _wrong_kind("a PDF")


def _png(file: IO[bytes]) -> None:
    head = file.read(24)
    if head[:8] != _PNG or head[12:16] != b"IHDR" or _PNG_END not in _tail(file):
        raise _wrong_kind("a PNG image")
    width, height = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20))
    if not 0 < width * height <= _MOST_PIXELS:
        raise FileRejected("is too many pixels wide or high")


def _jpeg(file: IO[bytes]) -> None:
    """Look for the end marker anywhere, because cameras write more after it."""
    whole = file.read()
    if whole[:3] != b"\xff\xd8\xff" or b"\xff\xd9" not in whole:
        raise _wrong_kind("a JPEG image")


def _old_office(stream: str, called: str, file: IO[bytes]) -> None:
    """The compound files of Word and Excel 97 to 2003: a folder of named streams."""
    whole = file.read()
    if not whole.startswith(_OLD_OFFICE) or stream.encode("utf-16-le") not in whole:
        raise _wrong_kind(called)
    if "_VBA_PROJECT".encode("utf-16-le") in whole:
        raise FileRejected("contains macros: save it without them")


def _open_xml(main: str, called: str, file: IO[bytes]) -> None:
    if file.read(8) == _OLD_OFFICE:
        raise FileRejected("cannot be checked: save it without a password")
    names = archives.entry_names(file)
    if not {"[Content_Types].xml", main} <= names:
        raise _wrong_kind(called)
    if any(name.lower().endswith(("vbaproject.bin", ".bin.exe")) for name in names):
        raise FileRejected("contains macros: save it without them")


def _open_document(sort: str, called: str, file: IO[bytes]) -> None:
    names = archives.entry_names(file)
    media_type = f"{_OPENDOCUMENT}{sort}".encode()
    if "content.xml" not in names or archives.first_entry(file) != (
        "mimetype",
        media_type,
    ):
        raise _wrong_kind(called)
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise FileRejected("contains macros: save it without them")


def _tail(file: IO[bytes]) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    return file.read()


_word = partial(_open_xml, "word/document.xml", "a Word document")
_excel = partial(_open_xml, "xl/workbook.xml", "an Excel workbook")
_old_word = partial(_old_office, "WordDocument", "a Word document")
_old_excel = partial(_old_office, "Workbook", "an Excel workbook")
_text = partial(_open_document, "text", "an OpenDocument text")
_sheet = partial(_open_document, "spreadsheet", "an OpenDocument spreadsheet")
_slides = partial(_open_document, "presentation", "an OpenDocument presentation")

KINDS = (
    Kind("pdf", ("pdf",), "application/pdf", _pdf),
    Kind("docx", ("docx",), f"{_OPEN_XML}wordprocessingml.document", _word),
    Kind("doc", ("doc",), "application/msword", _old_word),
    Kind("odt", ("odt",), f"{_OPENDOCUMENT}text", _text),
    Kind("ods", ("ods",), f"{_OPENDOCUMENT}spreadsheet", _sheet),
    Kind("odp", ("odp",), f"{_OPENDOCUMENT}presentation", _slides),
    Kind("xlsx", ("xlsx",), f"{_OPEN_XML}spreadsheetml.sheet", _excel),
    Kind("xls", ("xls",), "application/vnd.ms-excel", _old_excel),
    Kind("png", ("png",), "image/png", _png),
    Kind("jpeg", ("jpg", "jpeg"), "image/jpeg", _jpeg),
)
MEDIA_TYPES = {kind.code: kind.media_type for kind in KINDS}
