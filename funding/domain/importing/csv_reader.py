"""Reads CSV in several encodings and with several separators."""

import codecs
import csv
import io
from collections.abc import Iterator

from funding.domain.importing.tables import UNREADABLE, Cell, UnreadableFile


def rows(content: bytes) -> Iterator[list[Cell]]:
    text = _decode(content)
    if "\x00" in text:
        raise UnreadableFile(UNREADABLE)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield list(row)
    except csv.Error:
        raise UnreadableFile(UNREADABLE) from None


def _decode(content: bytes) -> str:
    """Decode UTF-8 or UTF-16, with or without a mark, otherwise Windows-1252."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        unmarked = _utf16_without_mark(content)
        if unmarked:
            return content.decode(unmarked)
    except UnicodeDecodeError:
        raise UnreadableFile(UNREADABLE) from None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(UNREADABLE)


def _utf16_without_mark(content: bytes) -> str:
    """Detect UTF-16: every other byte of western text is zero."""
    start = content[:200]
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.8:
        return "utf-16-le"
    if half and start[0::2].count(0) > half * 0.8:
        return "utf-16-be"
    return ""
