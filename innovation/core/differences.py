"""Which words of two texts differ.

The longest common subsequence of 10,000 words takes about a tenth of a second, whatever
they are. A longer text is compared by its lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from innovation.core import limits

_WORDS = re.compile(r"\s+|\S+\s*")
_LINES = re.compile(r"[^\n]*\n?")
_FEW = 3
"""Fewer equal words than these between changes are a coincidence, such as “of the”."""
_MOST_PARTS = limits.TEXT // 2


@dataclass(slots=True)
class Part:
    """A part of both texts. Equal parts may differ in their spaces."""

    before: str
    after: str
    is_equal: bool


def compare(before: str, after: str) -> list[Part]:
    """The parts, in order: equal and different ones take turns."""
    by_line = max(len(before), len(after)) > limits.TEXT
    old, new = (_split(text, _LINES if by_line else _WORDS) for text in (before, after))
    if max(len(old), len(new)) > _MOST_PARTS:
        return [Part(before, after, before == after)]
    spans = Indel.opcodes([w.strip() for w in old], [w.strip() for w in new])
    parts: list[Part] = []
    for part in _without_coincidences(
        [
            (
                old[span.src_start : span.src_end],
                new[span.dest_start : span.dest_end],
                span.tag == "equal",
            )
            for span in spans
        ]
    ):
        if parts and parts[-1].is_equal == part.is_equal:
            parts[-1].before += part.before
            parts[-1].after += part.after
        else:
            parts.append(part)
    return parts


def _split(text: str, pattern: re.Pattern[str]) -> list[str]:
    return [piece for piece in pattern.findall(text) if piece]


def _without_coincidences(
    spans: Sequence[tuple[Sequence[str], Sequence[str], bool]],
) -> Iterator[Part]:
    for number, (old, new, is_equal) in enumerate(spans):
        is_between = 0 < number < len(spans) - 1
        yield Part(
            "".join(old),
            "".join(new),
            is_equal and not (is_between and len(old) < _FEW),
        )
