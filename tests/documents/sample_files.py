"""Small whole files of every kind, and what is wrong with others."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

Entries = Mapping[str, bytes]
OPEN_XML = "application/vnd.openxmlformats-officedocument."
WORD_TYPE = f"{OPEN_XML}wordprocessingml.document.main+xml"
EXCEL_TYPE = f"{OPEN_XML}spreadsheetml.sheet.main+xml"
ODF = "application/vnd.oasis.opendocument."
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40) + b"\xff\xd9"


def zipped(entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def content_types(main_type: str, part: str = "/word/document.xml") -> Entries:
    """The list of parts of an Office file."""
    text = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="{part}" ContentType="{main_type}"/></Types>'
    )
    return {"[Content_Types].xml": text.encode()}


TYPES = content_types(WORD_TYPE)


def docx(**more: bytes) -> bytes:
    named = {name.replace("__", "/"): content for name, content in more.items()}
    return zipped({**TYPES, "word/document.xml": b"<document/>", **named})


def xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write(0, 0, "Costs")
    return buffer.getvalue()


def opendocument(sort: str, **more: bytes) -> bytes:
    named = {name.replace("__", "/"): content for name, content in more.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", ODF + sort, zipfile.ZIP_STORED)
        for name, content in {"content.xml": b"<office/>", **named}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def old_office(stream: str, more: str = "", content: bytes = b"") -> bytes:
    """A compound file of Office 97 to 2003, with one or two streams of 4096 bytes."""
    names = [stream, more] if more else [stream]
    streams = [content, b""][: len(names)]
    first_rows = [2 + 8 * place for place in range(len(names))]
    table = [_IN_TABLE, _END_OF_CHAIN]
    for first in first_rows:
        table += [*range(first + 1, first + 8), _END_OF_CHAIN]
    table += [_FREE] * (128 - len(table))
    directory = _directory_entry("Root Entry", 5, _END_OF_CHAIN, 0)
    for name, first in zip(names, first_rows, strict=True):
        directory += _directory_entry(name, 2, first, 4096)
    return b"".join(
        [
            _compound_header(),
            struct.pack("<128I", *table),
            directory.ljust(512, b"\0"),
            *(each.ljust(4096, b"\0") for each in streams),
        ]
    )


_FREE, _END_OF_CHAIN, _IN_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _compound_header() -> bytes:
    """The table is in sector 0, the directory in sector 1."""
    signature = bytes.fromhex("d0cf11e0a1b11ae1")
    head = struct.pack("<8s16xHHHHH6x", signature, 0x3E, 3, 0xFFFE, 9, 6)
    places = (0, 1, 1, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    return head + struct.pack("<9I", *places) + struct.pack("<109I", 0, *[_FREE] * 108)


def _directory_entry(name: str, kind: int, first: int, size: int) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    links = (_FREE, _FREE, _FREE)
    entry = struct.pack(
        "<64sHBB3I36xII4x", text, len(text), kind, 1, *links, first, size
    )
    assert len(entry) == 128
    return entry


def png(width: int = 1, height: int = 1) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc(kind + body))
        for kind, body in parts
    )


def crc(content: bytes) -> int:
    return zlib.crc32(content)


WHOLE = {
    "plan.pdf": PDF,
    "plan.docx": docx(),
    "plan.doc": old_office("WordDocument"),
    "plan.odt": opendocument("text"),
    "costs.ods": opendocument("spreadsheet"),
    "slides.odp": opendocument("presentation"),
    "costs.xlsx": xlsx(),
    "costs.xls": old_office("Workbook"),
    "map.png": png(),
    "photo.jpg": JPEG,
    "photo.JPEG": JPEG,
}


def upload(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
