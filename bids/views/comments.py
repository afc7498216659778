"""Comments beside the answers of a bid, and the page that marks them as done."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from bids import policies
from bids.domain import comments, sections, standard_questions
from bids.domain.queries import case_snapshot
from bids.models import Bid, Comment
from bids.models.application import Row
from bids.views.applicant_pages import APPLY
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Names
from innovation.core.formatting import format_date
from innovation.web import pages


@dataclass(frozen=True, slots=True)
class DisplayedComment:
    """A comment; `done` says by whom and when, or is empty."""

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
    """The comments with the codes of their questions, oldest first; `names` are
    people's names as this user sees them.
    """
    rows = bid.snapshot_comments
    keys = {row[who] for row in rows for who in ("made_by", "done_by")}
    people = names(keys - {None})
    for row in rows:
        byline = f"Comment {_byline(row, 'made', people)}"
        done_text = f"Done {_byline(row, 'done', people)}" if row["done_at"] else ""
        yield row["code"], DisplayedComment(row["key"], byline, row["text"], done_text)


def open_comment_counts(bid: Bid) -> Mapping[str, int]:
    """The number of open comments, by the code of the question."""
    return Counter(row["code"] for row in bid.snapshot_comments if not row["done_at"])


class _Finish(pages.ActionPage[Comment]):
    template_name = "bids/finish_comment.html"
    title = "Mark this comment as done"
    submit_label = "Mark as done"
    success_message = "The comment is marked as done"
    step = comments.finish

    def check(self) -> None:
        comments.require_open(self.object, self.user)


class FinishOwn(_Finish):
    policy = APPLY
    scope = staticmethod(policies.own_comments)

    def back_url(self) -> str:
        """The section of the question, or the bid if it is no longer applicable."""
        bid = self.object.bid
        for question in standard_questions.questions_of(
            case_snapshot.with_snapshot(bid)
        ):
            if question.code == self.object.code:
                place = [bid.key, sections.slug_of(question)]
                return reverse("bids:own-bid-section", args=place)
        return reverse("bids:own-bid", args=[bid.key])


class Finish(_Finish):
    policy = permission_required(Permission.DEVELOP)
    scope = staticmethod(policies.working_comments)

    def back_url(self) -> str:
        return reverse("bids:bid", args=[self.object.bid.key])


def _byline(row: Row, what: str, people: Mapping[str, str]) -> str:
    day = format_date(datetime.fromisoformat(row[f"{what}_at"]))
    return f"by {people[row[f'{what}_by']]} on {day}"
