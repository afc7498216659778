"""Compound files: the format of Office 97 to 2003, and of Office files with a password.

A file holds named streams, as a disk does: in sectors that a table chains together
(MS-CFB).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER_BYTES = 512
_LAST_SECTOR = 0xFFFFFFFA
"""Greater numbers mark the end of a chain, or a sector without use."""
_ENTRY_BYTES = 128
_MINI_BYTES = 64
_STREAM, _ROOT = 2, 5


class Damaged(Exception):
    """It cannot be read."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    first_sector: int
    size: int


class CompoundFile:
    def __init__(self, content: bytes) -> None:
        """Raise `Damaged`."""
        if not content.startswith(SIGNATURE) or len(content) < _HEADER_BYTES:
            raise Damaged
        self._content = content
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in (9, 12):
            raise Damaged
        self._sector_bytes = 1 << shift
        (self._directory_sector,) = struct.unpack_from("<I", content, 48)
        (self._mini_limit,) = struct.unpack_from("<I", content, 56)
        self._table = self._read_table()
        self._entries = list(self._read_entries())

    @property
    def names(self) -> set[str]:
        return {entry.name for entry in self._entries}

    def head(self, name: str) -> bytes:
        """The beginning of the stream: at most a sector. Raise `Damaged`."""
        for entry in self._entries:
            if entry.name == name and entry.kind == _STREAM:
                return self._head(entry)[: entry.size]
        raise Damaged

    def _head(self, entry: _Entry) -> bytes:
        if entry.size >= self._mini_limit:
            return self._sector(entry.first_sector)
        roots = [root for root in self._entries if root.kind == _ROOT]
        if not roots:
            raise Damaged
        begin = entry.first_sector * _MINI_BYTES
        for place, sector in enumerate(self._chain(roots[0].first_sector)):
            if place == begin // self._sector_bytes:
                return self._sector(sector)[begin % self._sector_bytes :]
        raise Damaged

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._sector_bytes
        sector = self._content[begin : begin + self._sector_bytes]
        if not sector:
            raise Damaged
        return sector

    def _numbers(self, sector: int) -> tuple[int, ...]:
        content = self._sector(sector)
        count = len(content) // 4
        return struct.unpack_from(f"<{count}I", content)

    def _read_table(self) -> list[int]:
        """The sector that follows each sector."""
        places = list(struct.unpack_from("<109I", self._content, 76))
        (following,) = struct.unpack_from("<I", self._content, 68)
        sector_count = len(self._content) // self._sector_bytes + 1
        for _ in range(sector_count):
            if following > _LAST_SECTOR:
                break
            *sectors, following = self._numbers(following)
            places += sectors
        return [
            number
            for place in places[:sector_count]
            if place <= _LAST_SECTOR
            for number in self._numbers(place)
        ]

    def _chain(self, first: int) -> Iterator[int]:
        sector = first
        for _ in range(len(self._table)):
            if sector > _LAST_SECTOR:
                return
            if sector >= len(self._table):
                raise Damaged
            yield sector
            sector = self._table[sector]

    def _read_entries(self) -> Iterator[_Entry]:
        for sector in self._chain(self._directory_sector):
            content = self._sector(sector)
            for place in range(0, len(content) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
                entry = content[place : place + _ENTRY_BYTES]
                length, kind = struct.unpack_from("<HB", entry, 64)
                name = entry[: max(min(length, 64) - 2, 0)]
                first_sector, size = struct.unpack_from("<II", entry, 116)
                if kind:
                    text = name.decode("utf-16-le", "replace")
                    yield _Entry(text, kind, first_sector, size)
