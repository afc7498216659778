"""What was typed, as it is kept: the texts of each field of the form, by its name."""

from collections.abc import Mapping, Sequence

Typed = Mapping[str, Sequence[str]]


def tidy(typed: Typed) -> dict[str, list[str]]:
    """In the one shape in which two of them can be compared: a browser sends empty
    fields or does not, and each line break as two characters. Nothing else is
    touched; PostgreSQL keeps no NUL.
    """
    lines = {
        name: [_plain(text) for text in texts] for name, texts in sorted(typed.items())
    }
    return {name: texts for name, texts in lines.items() if any(texts)}


def same(one: Typed, other: Typed) -> bool:
    return tidy(one) == tidy(other)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
