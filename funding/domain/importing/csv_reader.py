"""Reads CSV in several encodings and with several separators."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from funding.domain.importing import headings
from funding.domain.importing.tables import UNREADABLE, Cell, UnreadableFile

WESTERN = "cp1252"
_SEPARATORS = ",;\t"
_LINES_SEARCHED = 50
_OTHER_KINDS = ("<", "{", "%PDF")
"""How pages, JSON and PDF files begin."""
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
"""The first line that tells Excel the separator; Excel does not show it."""


def rows(text: str) -> Iterator[list[Cell]]:
    separator = _separator(text)
    if match := _SEPARATOR_LINE.match(text):
        separator, text = match[1], text[match.end() :]
    count = 0
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=separator, strict=True
        )
        for row in reader:
            count += 1
            yield list(row)
    except csv.Error as error:
        if "limit" in str(error):
            raise UnreadableFile(UNREADABLE) from None
        raise UnreadableFile(
            f'Row {count + 1} has a quotation mark (") that is not closed, or that '
            "closes a cell too early. Write it twice inside a cell in quotation marks, "
            "or save the sheet again in a spreadsheet program."
        ) from None


def _separator(text: str) -> str:
    """The separator of the headings, otherwise of the first line."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()]
    for separator in _SEPARATORS:
        rows = list(csv.reader(lines[:_LINES_SEARCHED], delimiter=separator))
        if headings.find(rows) is not None:
            return separator
    return max(_SEPARATORS, key=lines[0].count if lines else "".count)


def decode(content: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 or UTF-16, with or without a mark, otherwise
    Windows-1252. Raise `UnreadableFile`.
    """
    text, encoding = _decode(content)
    if "\x00" in text or text.lstrip().startswith(_OTHER_KINDS):
        raise UnreadableFile(UNREADABLE)
    return text, encoding


def _decode(content: bytes) -> tuple[str, str]:
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), "utf-16"
        unmarked = _utf16_without_mark(content)
        if unmarked:
            return content.decode(unmarked), unmarked
    except UnicodeDecodeError:
        raise UnreadableFile(UNREADABLE) from None
    for encoding in ("utf-8-sig", WESTERN):
        try:
            return content.decode(encoding), encoding
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
