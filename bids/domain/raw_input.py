"""Raw input: the texts of form fields by name, as typed."""

from collections.abc import Mapping, Sequence

from innovation.core import limits
from innovation.core.nulls import without_nulls

RawInput = Mapping[str, Sequence[str]]


def normalise(raw: RawInput) -> dict[str, list[str]]:
    """Normalise input so that two versions can be compared: drop empty fields, which
    browsers may or may not send, and null characters, and unify line breaks.
    """
    lines = {
        name: [_normalise_text(text) for text in texts]
        for name, texts in sorted(raw.items())
    }
    return {name: texts for name, texts in lines.items() if any(texts)}


def character_count(raw: RawInput) -> int:
    """The number of characters, including field names."""
    return sum(
        len(name) + sum(map(len, texts)) for name, texts in normalise(raw).items()
    )


def is_too_long(raw: RawInput) -> bool:
    """Whether it is too long to be saved, even as a draft."""
    texts = [text for texts in normalise(raw).values() for text in texts]
    longest = max(map(len, texts), default=0)
    return longest > limits.TEXT_CEILING or character_count(raw) > limits.ANSWER_CEILING


def is_same(first: RawInput, second: RawInput) -> bool:
    return normalise(first) == normalise(second)


def _normalise_text(text: str) -> str:
    return without_nulls(text).replace("\r\n", "\n").replace("\r", "\n")
