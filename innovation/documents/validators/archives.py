"""Zip files, such as Office and OpenDocument files: their entries, without zip bombs.

The sizes in an archive may be wrong, so every entry is unpacked, without storing it,
and counted against one limit, with those of archives inside it.
"""

import io
import struct
import tempfile
import zipfile
import zlib
from typing import IO

from innovation.documents.validators.errors import LOCKED, FileRejected, WrongKind

MAX_UNPACKED_BYTES = 200_000_000
"""Checking so many bytes takes about half a second."""
MAX_DIRECTORY_BYTES = 1_000_000
"""The size of the table of contents, which `zipfile` reads into memory."""
MAX_ENTRY_BYTES = 1_000_000
"""The lists of contents in Office and OpenDocument files are shorter."""
MAX_DEPTH = 2
"""Enough for a spreadsheet embedded in a document."""
_PIECE = 1 << 16
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_BEGIN = b"PK\x03\x04"
_LONGEST_TAIL = 22 + 65_535
_ENCRYPTED = 0x1
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGE_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError),
    # For a format that it does not know, zipfile raises a kind of `RuntimeError`.
    *(RuntimeError, LookupError, OverflowError),
)
"""The errors of reading a damaged archive."""
_BOMB = "unpacks to more than we can check"


def entry_names(file: IO[bytes]) -> set[str]:
    """The names of its entries, after all of it has been checked. An entry of an
    archive inside it follows the name of that one and an exclamation mark.
    """
    return _inspect(file, _Budget(), depth=1)


def read_entry(file: IO[bytes], name: str) -> bytes:
    """The beginning of an entry; empty if there is none of this name."""
    with zipfile.ZipFile(file) as archive:
        if name not in archive.namelist():
            return b""
        with archive.open(name) as entry_file:
            return entry_file.read(MAX_ENTRY_BYTES)


def first_entry(file: IO[bytes]) -> tuple[str, bytes]:
    """The first entry and its first bytes, which contain an OpenDocument's kind."""
    with zipfile.ZipFile(file) as archive:
        entry = min(archive.infolist(), key=lambda info: info.header_offset)
        with archive.open(entry) as entry_file:
            return entry.filename, entry_file.read(100)


class _Budget:
    def __init__(self) -> None:
        self.remaining = MAX_UNPACKED_BYTES

    def spend(self, size: int) -> None:
        self.remaining -= size
        if self.remaining < 0:
            raise FileRejected(_BOMB)


def _inspect(file: IO[bytes], budget: _Budget, depth: int) -> set[str]:
    if depth > MAX_DEPTH:
        raise FileRejected("contains archives within archives")
    _require_small_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > budget.remaining:
                raise FileRejected(_BOMB)
            names = {entry.filename for entry in entries}
            for entry in entries:
                inner = _inspect_entry(archive, entry, budget, depth)
                names |= {f"{entry.filename}!{name}" for name in inner}
    except _DAMAGE_ERRORS as error:
        raise WrongKind from error
    return names


def _inspect_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget, depth: int
) -> set[str]:
    """The names of its own entries, if it is an archive."""
    if entry.flag_bits & _ENCRYPTED:
        raise FileRejected(LOCKED)
    if entry.compress_type not in _PLAIN or _escapes_folder(entry.filename):
        raise WrongKind
    with archive.open(entry) as entry_file, tempfile.TemporaryFile() as copy:
        piece = entry_file.read(_PIECE)
        is_archive = piece.startswith(_BEGIN)
        while piece:
            budget.spend(len(piece))
            if is_archive:
                copy.write(piece)
            piece = entry_file.read(_PIECE)
        return _inspect(copy, budget, depth + 1) if is_archive else set()


def _escapes_folder(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _require_small_directory(file: IO[bytes]) -> None:
    """Check the size of the directory before `zipfile` reads it. The 64-bit format,
    which has it in another place and is not needed, is refused.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _LONGEST_TAIL))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < 22 or _END_64 in tail[max(0, end - 20) : end]:
        raise WrongKind
    if int.from_bytes(tail[end + 12 : end + 16], "little") > MAX_DIRECTORY_BYTES:
        raise FileRejected(_BOMB)
    file.seek(0)
