"""Small whole files of every kind, and what is wrong with others."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

Entries = Mapping[str, bytes]
TYPES = {"[Content_Types].xml": b"<Types/>"}
ODF = "application/vnd.oasis.opendocument."
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40) + b"\xff\xd9"
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def zipped(entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


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


def old_office(stream: str, more: str = "") -> bytes:
    return OLD + f"{stream}\0{more}".encode("utf-16-le") + bytes(512)


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
