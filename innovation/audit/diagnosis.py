"""Finds out what was done to a broken chain: which row, and how.

A stored hash covers the row's content and number, so it shows which place the row was
written for (`written_for`), whatever its place is now.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from innovation.audit.models import GENESIS


@dataclass(frozen=True, slots=True)
class Row:
    """`written_for` is `None` if the hash fits no place: the content was changed."""

    id: int
    seq: int
    name: str
    subject: str
    previous: str
    hash: str
    written_for: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """`row` is `None` if the event was removed."""

    kind: str
    seq: int
    row: Row | None


def first_finding(rows: Sequence[Row], length: int, head: str) -> Finding | None:
    """The first place where `rows`, in order of `seq`, differ from what was written.

    `length` and `head` are those stored with the chain.
    """
    for place, row in enumerate(rows, start=1):
        finding = _finding_at(rows, place, row, length, head)
        if finding is not None:
            return finding
    if len(rows) < length:
        return Finding("removed", len(rows) + 1, None)
    if len(rows) > length:
        return Finding("inserted", length + 1, rows[length])
    if rows and rows[-1].hash != head:
        return Finding("altered", rows[-1].seq, rows[-1])
    return None


def _finding_at(
    rows: Sequence[Row], place: int, row: Row, length: int, head: str
) -> Finding | None:
    before = rows[place - 2] if place > 1 else None
    if row.written_for is None:
        is_inserted = _intended_place(rows, place + 1) == place or place > length
        return Finding("inserted" if is_inserted else "altered", row.seq, row)
    if row.written_for > place:
        if any(other.written_for == place for other in rows):
            return Finding("reordered", row.seq, row)
        return Finding("removed", place, None)
    if row.written_for < place:
        # Written to follow the row two before: the one between was inserted.
        follows = _previous_of(rows, place - 1) == row.previous
        inserted = before if before and follows else row
        return Finding("inserted", inserted.seq, inserted)
    if row.previous != (before.hash if before else GENESIS):
        # The next row confirms this one, so the one before was rewritten.
        next_previous = rows[place].previous if place < len(rows) else head
        altered = before if before and next_previous == row.hash else row
        return Finding("altered", altered.seq, altered)
    return None


def _intended_place(rows: Sequence[Row], place: int) -> int | None:
    return rows[place - 1].written_for if place <= len(rows) else None


def _previous_of(rows: Sequence[Row], place: int) -> str:
    """The hash that the row at `place` should follow."""
    return rows[place - 2].hash if place > 1 else GENESIS
