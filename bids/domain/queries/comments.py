"""The comments beside the answers of a bid, as their readers see them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bids.models import Bid
from bids.models.application import Row
from innovation.audit.presenters import Names
from innovation.core.formatting import format_date


@dataclass(frozen=True, slots=True)
class DisplayedComment:
    """`done` says by whom and when; empty until it is."""

    key: str
    heading: str
    text: str
    done_note: str

    @property
    def note(self) -> str:
        """On one line, for a row of a summary list."""
        note = f"{self.heading}: {self.text}"
        return f"{note} ({self.done_note})" if self.done_note else note


def displayed_comments(
    bid: Bid, names: Names
) -> Iterator[tuple[str, DisplayedComment]]:
    """Each with the code of its question, oldest first; `names` are what this reader
    calls people.
    """
    rows = bid.snapshot_comments
    keys = {row[who] for row in rows for who in ("made_by", "done_by")}
    people = names(keys - {None})
    for row in rows:
        made = f"Comment {_byline(row, 'made', people)}"
        done = f"Done {_byline(row, 'done', people)}" if row["done_at"] else ""
        yield row["code"], DisplayedComment(row["key"], made, row["text"], done)


def open_comment_counts(bid: Bid) -> Mapping[str, int]:
    """How many are still to be seen to, by the code of their question."""
    return Counter(row["code"] for row in bid.snapshot_comments if not row["done_at"])


def _byline(row: Row, what: str, people: Mapping[str, str]) -> str:
    day = format_date(datetime.fromisoformat(row[f"{what}_at"]))
    return f"by {people[row[f'{what}_by']]} on {day}"
