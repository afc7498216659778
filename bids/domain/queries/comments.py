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
    """A comment. `done_note` says who marked it as done, and when; empty until then."""

    key: str
    heading: str
    text: str
    done_note: str

    @property
    def note(self) -> str:
        """The comment on one line, for a row of a summary list."""
        note = f"{self.heading}: {self.text}"
        return f"{note} ({self.done_note})" if self.done_note else note


def displayed_comments(
    bid: Bid, names: Names
) -> Iterator[tuple[str, DisplayedComment]]:
    """The comments with the codes of their questions, oldest first. `names` gives the
    names that the reader may see.
    """
    rows = bid.snapshot_comments
    keys = {row[column] for row in rows for column in ("made_by", "done_by")}
    people = names(keys - {None})
    for row in rows:
        heading = f"Comment {_byline(row, 'made', people)}"
        note = f"Done {_byline(row, 'done', people)}" if row["done_at"] else ""
        yield row["code"], DisplayedComment(row["key"], heading, row["text"], note)


def open_comment_counts(bid: Bid) -> Mapping[str, int]:
    """The number of comments that are not done, by the code of their question."""
    return Counter(row["code"] for row in bid.snapshot_comments if not row["done_at"])


def _byline(row: Row, prefix: str, people: Mapping[str, str]) -> str:
    day = format_date(datetime.fromisoformat(row[f"{prefix}_at"]))
    return f"by {people[row[f'{prefix}_by']]} on {day}"
