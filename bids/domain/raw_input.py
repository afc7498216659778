"""What was typed, as it is kept: the texts of each field of the form, by its name."""

from collections.abc import Mapping, Sequence

from innovation.core import limits
from innovation.core.nulls import without_nulls

RawInput = Mapping[str, Sequence[str]]


def normalise(typed: RawInput) -> dict[str, list[str]]:
    """In the one shape in which two of them can be compared: a browser sends empty
    fields or does not, and each line break as two characters. Nothing else is
    touched; PostgreSQL keeps no NUL.
    """
    lines = {
        name: [_normalise_text(text) for text in texts]
        for name, texts in sorted(typed.items())
    }
    return {name: texts for name, texts in lines.items() if any(texts)}


def character_count(typed: RawInput) -> int:
    """In characters, with the names of the fields."""
    return sum(
        len(name) + sum(map(len, texts)) for name, texts in normalise(typed).items()
    )


def is_too_long(typed: RawInput) -> bool:
    """More than is kept of one answer, even of one that cannot be sent like this."""
    texts = [text for texts in normalise(typed).values() for text in texts]
    longest = max(map(len, texts), default=0)
    return (
        longest > limits.TEXT_CEILING or character_count(typed) > limits.ANSWER_CEILING
    )


def is_same(one: RawInput, other: RawInput) -> bool:
    return normalise(one) == normalise(other)


def _normalise_text(text: str) -> str:
    return without_nulls(text).replace("\r\n", "\n").replace("\r", "\n")
