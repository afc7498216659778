"""Text that stands on one line, such as names, titles and subjects.

Said once for forms, imports, domain calls and the database: a name that could hold a
line break could write the first lines of a letter.
"""

import re
import unicodedata
from typing import TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_BREAKS = {"Cc", "Zl", "Zp"}
"""Control characters, among them line breaks and tabs; U+2028 and U+2029."""
_INVISIBLE = {"Cf", "Cs"}
"""Format characters, among them those that turn the reading direction."""
_JOINERS = "\u200c\u200d"
"""Part of how some scripts and emoji are spelt."""
_DIRECTION_MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_REFUSED = r"[\u0001-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
"""What no column of one line holds, as PostgreSQL writes a regular expression."""


def single_line(text: str) -> str:
    """Each break and run of spaces becomes one space; what cannot be seen goes."""
    return " ".join("".join(_line_character(each) for each in text).split())


def plain_lines(text: str) -> str:
    """With plain line breaks, and without what hides or turns the text."""
    return "\n".join(
        "".join(each for each in line if _is_allowed_in_lines(each))
        for line in text.splitlines()
    )


_SCHEME = re.compile(r"\b[a-z][a-z0-9+.\-]*://|\bmailto:", re.IGNORECASE)
_DOT = re.compile(r"(?<=[\w\-])\.(?=[a-z]{2,}\b)", re.IGNORECASE)


def without_links(text: str) -> str:
    """With nothing a mail program would make a link of: `evil[.]example/x`."""
    return _DOT.sub("[.]", _SCHEME.sub("", text))


def _line_character(each: str) -> str:
    kind = unicodedata.category(each)
    if kind in _BREAKS:
        return " " if each != "\x00" else ""
    return "" if kind in _INVISIBLE and each not in _JOINERS else each


def _is_allowed_in_lines(each: str) -> bool:
    # The null character is left for the form to refuse.
    control = unicodedata.category(each) == "Cc" and each not in "\t\x00"
    return not control and each not in _DIRECTION_MARKS


_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class OneLineField(models.CharField[_Set, _Get]):
    """A column of one line: whatever is saved is folded first, and the database refuses
    what comes another way.
    """

    description = "Text on one line"

    def to_python(self, value: object) -> object:
        return _single_line_value(super().to_python(value))

    def get_prep_value(self, value: object) -> object:
        return _single_line_value(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        """The row in hand then says what the database does: letters are written from
        it in the same transaction.
        """
        value = _single_line_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        return f"{connection.ops.quote_name(str(self.column))} !~ '{_REFUSED}'"


def _single_line_value(value: object) -> object:
    return single_line(value) if isinstance(value, str) else value


def add_one_line_checks(table: str, *columns: str) -> str:
    """SQL for a migration that makes columns kept so far hold one line: what older rows
    have is folded, then the check is added. Django adds it to new columns alone.
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
    # Else a deferred trigger of a row just folded would forbid the second part.
    return f"SET CONSTRAINTS ALL IMMEDIATE; {folds} ALTER TABLE {table} {checks};"


def drop_one_line_checks(table: str, *columns: str) -> str:
    """The way back of `hold`."""
    drops = ", ".join(
        f"DROP CONSTRAINT {table}_{column}_one_line" for column in columns
    )
    return f"ALTER TABLE {table} {drops};"
