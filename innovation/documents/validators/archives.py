"""Zip files, as Office and OpenDocument files are: what is in them, and no bombs.

What an archive says of its own sizes may be a lie, so every entry is unpacked (to
nowhere) and counted, with those of archives inside it, against one budget.
"""

import io
import struct
import tempfile
import zipfile
import zlib
from typing import IO

from innovation.documents.validators.unfit import Unfit

MOST_UNPACKED = 200_000_000
"""Bytes: about half a second's work."""
MOST_DIRECTORY = 1_000_000
"""Bytes of the table of contents, which is read into memory whole."""
DEEPEST = 2
"""A spreadsheet embedded in a document, and nothing below."""
_PIECE = 1 << 16
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_BEGIN = b"PK\x03\x04"
_LONGEST_TAIL = 22 + 65_535
_ENCRYPTED = 0x1
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError),
    # Of which one is that this Python cannot read such a file.
    *(RuntimeError, LookupError, OverflowError),
)
"""What reading a damaged archive ends in."""
_DAMAGED = "is not what its name says, or is damaged"
_BOMB = "unpacks to more than can be looked through"


def names(file: IO[bytes]) -> set[str]:
    """The names of its entries, once all of it has been looked through."""
    return _look(file, _Budget(), depth=1)


def first(file: IO[bytes]) -> tuple[str, bytes]:
    """The first entry and its first bytes, which name an OpenDocument's kind."""
    with zipfile.ZipFile(file) as archive:
        entry = min(archive.infolist(), key=lambda each: each.header_offset)
        with archive.open(entry) as opened:
            return entry.filename, opened.read(100)


class _Budget:
    def __init__(self) -> None:
        self.left = MOST_UNPACKED

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unfit(_BOMB)


def _look(file: IO[bytes], budget: _Budget, depth: int) -> set[str]:
    if depth > DEEPEST:
        raise Unfit("holds archives within archives")
    _require_small_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > budget.left:
                raise Unfit(_BOMB)
            for entry in entries:
                _look_into(archive, entry, budget, depth)
    except _DAMAGES as error:
        raise Unfit(_DAMAGED) from error
    return {entry.filename for entry in entries}


def _look_into(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget, depth: int
) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise Unfit("cannot be looked into: save it without a password")
    if entry.compress_type not in _PLAIN or _leads_out(entry.filename):
        raise Unfit(_DAMAGED)
    with archive.open(entry) as opened, tempfile.TemporaryFile() as inside:
        piece = opened.read(_PIECE)
        nested = piece.startswith(_BEGIN)
        while piece:
            budget.spend(len(piece))
            if nested:
                inside.write(piece)
            piece = opened.read(_PIECE)
        if nested:
            _look(inside, budget, depth + 1)


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _require_small_directory(file: IO[bytes]) -> None:
    """Before `zipfile` reads it. The 64-bit form, which no office file of ours needs,
    has another place for its size and is refused.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _LONGEST_TAIL))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < 22 or _END_64 in tail[max(0, end - 20) : end]:
        raise Unfit(_DAMAGED)
    if int.from_bytes(tail[end + 12 : end + 16], "little") > MOST_DIRECTORY:
        raise Unfit(_BOMB)
    file.seek(0)
