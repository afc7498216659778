"""The cells of a table, its limits, and the letters of its columns."""

from datetime import date, datetime

from innovation.core import limits

Cell = str | float | bool | date | datetime
MAX_BYTES = limits.IMPORT_BYTES
MAX_ROWS = limits.IMPORT_ROWS
MAX_COLUMNS = limits.IMPORT_COLUMNS
MAX_CHARACTERS = limits.TEXT
UNREADABLE = (
    "This file cannot be read as a table. Save it as CSV or as an Excel workbook "
    "(.xlsx) and try again."
)


class UnreadableFile(ValueError):
    """The whole file is unusable; the message says what to do."""


def column_letters(place: int) -> str:
    """0 is A and 26 is AA, as in a spreadsheet."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(65 + letter) + name
    return name


def column_index(letters: str) -> int:
    """A is 0 and AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
