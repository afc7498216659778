"""Text that somebody typed or pasted, on one line, such as names, titles and subjects,
or on several.

Forms, imports, domain calls and the database have the same rule for one line, because
a line break in a name could forge the first lines of a letter. What cannot be seen is
dropped; what can be seen but not printed is refused (`unprintable_problem`).
"""

import re
import unicodedata
from typing import TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_BREAKS = {"Cc", "Zl", "Zp"}
"""Control characters, among them line breaks and tabs; U+2028 and U+2029."""
_INVISIBLE = {"Cf", "Cs"}
"""Format characters, including those that change the reading direction."""
_JOINERS = "\u200c\u200d"
"""Part of how some scripts and emoji are spelt."""
_UNSEEN = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2800\u3164"
    r"\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]+"
)
"""Joiners, fillers and variants: part of how some scripts and emoji are spelt, and not
seen where they stand alone.
"""
_UNPRINTABLE = {"Cn", "Co"}
"""Unassigned characters, and those that each program may use as it likes."""
_WORD_SYMBOLS = {
    **dict.fromkeys(
        "\uf02d\uf06c\uf06e\uf071\uf075\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc", "•"
    ),
    "\uf0df": "←",
    "\uf0e0": "→",
    "\uf04a": "☺",
}
"""The bullets of Word, its arrows and its smiley, which are where its fonts Symbol and
Wingdings have them.
"""
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""To the plain characters that they look like."""
_WORD = re.compile(r"[^\W_]")
"""A letter or a digit."""
_SECOND_BULLET = re.compile(r"(?:^|\n)[ \t]*o\t")
"""The bullet of Word’s second level is a letter o."""
_DIRECTION_MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DROPPED_IN_LINES = _DIRECTION_MARKS + "\ufeff"
"""U+FEFF marks the order of bytes in a file."""
_EXCERPT = 30
_REFUSED = r"[\u0001-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
"""Characters not allowed in a column of one line, as a PostgreSQL expression."""


def single_line(text: str) -> str:
    """Turn each line break and run of spaces into one space, and drop characters that
    cannot be seen. A text of which nothing can be seen is empty.
    """
    line = " ".join("".join(_line_character(character) for character in text).split())
    return line if _UNSEEN.sub("", line).strip() else ""


def plain_value(text: str) -> str:
    """A number, a date or an address as a person sees it: on one line, with plain
    letters and digits for those of full width, and without what only words are spelt
    with.
    """
    return _UNSEEN.sub("", single_line(text).translate(_FULL_WIDTH))


def plain_lines(text: str) -> str:
    """Use plain line breaks, and drop blank lines at the start and the end, and
    characters that hide or reorder the text. The first line keeps its indent.
    """
    lines = [
        "".join(_allowed_in_lines(character) for character in line)
        for line in text.splitlines()
    ]
    visible_lines = [number for number, line in enumerate(lines) if single_line(line)]
    return (
        "\n".join(lines[visible_lines[0] : visible_lines[-1] + 1]).rstrip()
        if visible_lines
        else ""
    )


def unprintable_problem(text: str) -> str | None:
    """The message for a text with a character that no font can have, or `None`."""
    for place, character in enumerate(text):
        kind = unicodedata.category(character)
        if kind in _UNPRINTABLE and character not in _WORD_SYMBOLS:
            before = single_line(text[:place])[-_EXCERPT:].lstrip()
            position = f"after “{before}”" if before else "at the start"
            symbol = f"the symbol “{character}” {position}"
            return f"Remove or replace {symbol}: we cannot print it"
    return None


def word_count(text: str) -> int:
    """The number of words as a person counts them: a bullet, a dash or another sign
    that stands alone is no word. `static/js/words.js` counts by the same rule.
    """
    words = _SECOND_BULLET.sub("\n", text).split()
    return sum(bool(_WORD.search(word)) for word in words)


_SCHEME = re.compile(r"\b[a-z][a-z0-9+.\-]*://|\bmailto:", re.IGNORECASE)
_DOT = re.compile(r"(?<=[\w\-])\.(?=[a-z]{2,}\b)", re.IGNORECASE)


def without_links(text: str) -> str:
    """Break what a mail program would turn into a link: `evil[.]example/x`."""
    return _DOT.sub("[.]", _SCHEME.sub("", text))


def _line_character(character: str) -> str:
    if character in _WORD_SYMBOLS:
        return _WORD_SYMBOLS[character]
    kind = unicodedata.category(character)
    if kind in _BREAKS:
        return " " if character != "\x00" else ""
    is_dropped = kind in _UNPRINTABLE or kind in _INVISIBLE
    return "" if is_dropped and character not in _JOINERS else character


def _allowed_in_lines(character: str) -> str:
    if character in _WORD_SYMBOLS:
        return _WORD_SYMBOLS[character]
    if character == "\t":
        return character
    kind = unicodedata.category(character)
    is_dropped = kind in _UNPRINTABLE or kind in {"Cc", "Cs"}
    return "" if is_dropped or character in _DROPPED_IN_LINES else character


_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class OneLineField(models.CharField[_Set, _Get]):
    """A column of one line. Values are folded when they are saved, and a database check
    refuses others.
    """

    description = "Text on one line"

    def to_python(self, value: object) -> object:
        return _single_line_value(super().to_python(value))

    def get_prep_value(self, value: object) -> object:
        return _single_line_value(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        """Fold the value on the instance too: letters are written from it in the same
        transaction.
        """
        value = _single_line_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        return f"{connection.ops.quote_name(str(self.column))} !~ '{_REFUSED}'"


def _single_line_value(value: object) -> object:
    return single_line(value) if isinstance(value, str) else value


def add_one_line_checks(table: str, *columns: str) -> str:
    """SQL for a migration that adds the check to existing columns, after folding the
    values of older rows. Django adds it only to new columns.
    """
    folds = "".join(
        f"UPDATE {table} SET {column} = "
        f"trim(regexp_replace({column}, '\\s*{_REFUSED}+\\s*', ' ', 'g')) "
        f"WHERE {column} ~ '{_REFUSED}';"
        for column in columns
    )
    checks = ", ".join(
        f"ADD CONSTRAINT {table}_{column}_one_line CHECK ({column} !~ '{_REFUSED}')"
        for column in columns
    )
    # Otherwise pending deferred triggers of the folded rows would block ALTER TABLE.
    return f"SET CONSTRAINTS ALL IMMEDIATE; {folds} ALTER TABLE {table} {checks};"


def drop_one_line_checks(table: str, *columns: str) -> str:
    """The reverse of `add_one_line_checks`."""
    drops = ", ".join(
        f"DROP CONSTRAINT {table}_{column}_one_line" for column in columns
    )
    return f"ALTER TABLE {table} {drops};"
