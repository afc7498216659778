"""The kinds of file that are accepted, and how their contents are recognised.

The contents must match the extension. Files with a password or macros are refused.
What programs write otherwise is accepted: bytes before and after a PDF, a PDF that
needs no password, and a main part of an Office file with another name.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

from innovation.documents.validators import archives, compound_files, pdf_passwords
from innovation.documents.validators.compound_files import CompoundFile
from innovation.documents.validators.errors import (
    LOCKED,
    MACROS,
    FileRejected,
    WrongKind,
)

_TAIL = 4096
_PDF_HEAD = 1024
"""A PDF may begin a little later: some programs write other bytes first."""
_FILLING = b"\0\t\n\r "
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"
_MAX_PIXELS = 100_000_000
_OPENDOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_ENCRYPTED_DOCUMENT = 0x0100
_FILE_PASS = 0x002F
"""The record of an encrypted workbook."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `check` raises `WrongKind`, or `FileRejected` with a text that
    follows the name of the file, as `name` does after “is”.
    """

    code: str
    extensions: tuple[str, ...]
    media_type: str
    name: str
    check: Callable[[IO[bytes]], None]


def _check_pdf(file: IO[bytes]) -> None:
    """Check the end too: an incomplete upload has none."""
    content = file.read()
    end = content.rstrip(_FILLING)[-_TAIL:]
    if b"%PDF-" not in content[:_PDF_HEAD] or b"%%EOF" not in end:
        raise WrongKind
    if pdf_passwords.needs_password(content):
        raise FileRejected(LOCKED)


def _check_png(file: IO[bytes]) -> None:
    content = file.read()
    head = content[:24]
    if head[:8] != _PNG or head[12:16] != b"IHDR" or _PNG_END not in content[-_TAIL:]:
        raise WrongKind
    width, height = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20))
    if not 0 < width * height <= _MAX_PIXELS:
        raise FileRejected("is too many pixels wide or high")


def _check_jpeg(file: IO[bytes]) -> None:
    """Look for the end marker anywhere, because cameras write more after it."""
    content = file.read()
    if content[:3] != b"\xff\xd8\xff" or b"\xff\xd9" not in content:
        raise WrongKind


def _check_old_office(
    stream: str, is_encrypted: Callable[[bytes], bool], file: IO[bytes]
) -> None:
    """Check a file of Word or Excel 97 to 2003."""
    try:
        compound = CompoundFile(file.read())
        _refuse_encrypted_package(compound)
        if stream not in compound.names:
            raise WrongKind
        if is_encrypted(compound.head(stream)):
            raise FileRejected(LOCKED)
    except (compound_files.Damaged, struct.error) as error:
        raise WrongKind from error
    if any(name.startswith("_VBA_PROJECT") for name in compound.names):
        raise FileRejected(MACROS)


def _is_encrypted_document(head: bytes) -> bool:
    """The flag in the first bytes of a Word document: MS-DOC, 2.5.2."""
    (flags,) = struct.unpack_from("<H", head, 10)
    return bool(flags & _ENCRYPTED_DOCUMENT)


def _is_encrypted_workbook(head: bytes) -> bool:
    """The record that says so is one of the first: MS-XLS, 2.4.117."""
    place = 0
    while place + 4 <= len(head):
        record, size = struct.unpack_from("<HH", head, place)
        if record == _FILE_PASS:
            return True
        place += 4 + size
    return False


def _refuse_encrypted_package(compound: CompoundFile) -> None:
    """A newer Office file with a password is a compound file, whatever its name."""
    if "EncryptedPackage" in compound.names:
        raise FileRejected(LOCKED)


def _check_open_xml(main_type: str, file: IO[bytes]) -> None:
    """Programs give the main part various names, but all list it by its type."""
    if file.read(8) == compound_files.SIGNATURE:
        file.seek(0)
        try:
            _refuse_encrypted_package(CompoundFile(file.read()))
        except (compound_files.Damaged, struct.error) as error:
            raise WrongKind from error
        raise WrongKind
    names = archives.entry_names(file)
    # It may be in UTF-16.
    types = archives.read_entry(file, "[Content_Types].xml").replace(b"\0", b"")
    if b"macroenabled" in types.lower() or any(map(_is_macro, names)):
        raise FileRejected(MACROS)
    if main_type.encode() not in types:
        raise WrongKind


def _is_macro(entry: str) -> bool:
    name = entry.lower().replace("\\", "/")
    return "/macrosheets/" in name or name.endswith(("vbaproject.bin", ".bin.exe"))


def _check_opendocument(subtype: str, file: IO[bytes]) -> None:
    names = archives.entry_names(file)
    first_name, first_content = archives.first_entry(file)
    media_type = f"{_OPENDOCUMENT}{subtype}".encode()
    if first_name != "mimetype" or first_content.strip() != media_type:
        raise WrongKind
    if b"encryption-data" in archives.read_entry(file, "META-INF/manifest.xml"):
        raise FileRejected(LOCKED)
    if "content.xml" not in names:
        raise WrongKind
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise FileRejected(MACROS)


_check_word = partial(_check_open_xml, "wordprocessingml.document.main+xml")
_check_excel = partial(_check_open_xml, "spreadsheetml.sheet.main+xml")
_check_old_word = partial(_check_old_office, "WordDocument", _is_encrypted_document)
_check_old_excel = partial(_check_old_office, "Workbook", _is_encrypted_workbook)
_check_text = partial(_check_opendocument, "text")
_check_spreadsheet = partial(_check_opendocument, "spreadsheet")
_check_presentation = partial(_check_opendocument, "presentation")
_WORD, _EXCEL = "a Word document", "an Excel workbook"

KINDS = (
    Kind("pdf", ("pdf",), "application/pdf", "a PDF", _check_pdf),
    Kind(
        "docx", ("docx",), f"{_OPEN_XML}wordprocessingml.document", _WORD, _check_word
    ),
    Kind("doc", ("doc",), "application/msword", _WORD, _check_old_word),
    Kind("odt", ("odt",), f"{_OPENDOCUMENT}text", "an OpenDocument text", _check_text),
    Kind(
        "ods",
        ("ods",),
        f"{_OPENDOCUMENT}spreadsheet",
        "an OpenDocument spreadsheet",
        _check_spreadsheet,
    ),
    Kind(
        "odp",
        ("odp",),
        f"{_OPENDOCUMENT}presentation",
        "an OpenDocument presentation",
        _check_presentation,
    ),
    Kind("xlsx", ("xlsx",), f"{_OPEN_XML}spreadsheetml.sheet", _EXCEL, _check_excel),
    Kind("xls", ("xls",), "application/vnd.ms-excel", _EXCEL, _check_old_excel),
    Kind("png", ("png",), "image/png", "a PNG image", _check_png),
    Kind("jpeg", ("jpg", "jpeg"), "image/jpeg", "a JPEG image", _check_jpeg),
)
MEDIA_TYPES = {kind.code: kind.media_type for kind in KINDS}


def kind_named(extension: str) -> Kind | None:
    return next((kind for kind in KINDS if extension in kind.extensions), None)


def check(kind: Kind, file: IO[bytes]) -> None:
    """Raise `FileRejected` if the file is not of this kind, or not acceptable. If it is
    of another known kind, the message names that.
    """
    try:
        _check_from_start(kind, file)
    except WrongKind as error:
        raise FileRejected(_what_it_is(kind, file)) from error


def _what_it_is(named: Kind, file: IO[bytes]) -> str:
    for kind in KINDS:
        if kind == named:
            continue
        try:
            _check_from_start(kind, file)
        except FileRejected:
            continue
        return f"is {kind.name}: change the end of its name to .{kind.extensions[0]}"
    file.seek(0)
    if other := _other_kind(file.read(512)):
        return f"is {other}, which we cannot take: save it as {named.name}"
    return f"is not {named.name}, or is damaged"


def _check_from_start(kind: Kind, file: IO[bytes]) -> None:
    file.seek(0)
    kind.check(file)


def _other_kind(head: bytes) -> str:
    """What people often give another name, by the beginning of the file."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"{\\rtf"):
        return "a Rich Text file"
    if text.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "a WebP image"
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"avif"}:
        return "a HEIC or AVIF image"
    return ""
