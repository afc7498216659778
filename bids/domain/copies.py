"""The applicant's copy of what was sent: as a file, and in the letter of receipt."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from bids.domain.applications import Case
from bids.domain.queries import case_snapshot, summaries
from bids.models import Bid, Expression
from innovation.core import statements
from innovation.core.formatting import format_deadline
from innovation.core.text_blocks import text_blocks
from innovation.notifications.models import Letter
from innovation.notifications.rendering import LongFacts, long_facts


def submission_copy(case: Case) -> dict[str, object]:
    """The copy as text: `key`, `title`, `lead`, heading `lines`, `groups` of rows."""
    return {
        "key": case.key,
        "title": case.title,
        "lead": case.lead.name,
        "lines": [
            f"Reference {case.key}",
            f"{case.round.name}: {case.lead.name}",
            f"Sent at {format_deadline(case.submitted_at)}",
        ],
        "groups": [
            {"title": group["title"], "rows": [_row(row) for row in group["rows"]]}
            for group in summaries.groups(case)
        ],
    }


def _row(row: summaries.Row) -> dict[str, object]:
    text = str(row["value"] or row["empty"])
    return {"label": row["label"], "text": text, "blocks": text_blocks(text)}


def expression_letter_context(letter: Letter) -> dict[str, object]:
    """The context of the letter's template."""
    [case] = statements.fetch(_sent_expression, letter.subject_reference)
    return {"copy": _plain_text(case)}


def bid_letter_context(letter: Letter) -> dict[str, object]:
    [case] = statements.fetch(_sent_bid, letter.subject_reference)
    return {"copy": _plain_text(case)}


def _sent_expression(key: str) -> QuerySet[Expression]:
    rows = Expression.objects.filter(key=key)
    return case_snapshot.expressions_with_snapshot(rows)


def _sent_bid(key: str) -> QuerySet[Bid]:
    return case_snapshot.bids_with_snapshot(Bid.objects.filter(key=key))


def register() -> None:
    long_facts.register(
        LongFacts("expression_received", expression_letter_context),
        LongFacts("bid_received", bid_letter_context),
    )


def _plain_text(case: Case) -> str:
    return "\n".join(_lines(submission_copy(case))).strip()


def _lines(copy: dict[str, Any]) -> Iterator[str]:
    """The lines, with numbered sections: screen readers would read out ruled lines."""
    for number, group in enumerate(copy["groups"], start=1):
        yield from ("", f"{number}. {group['title']}")
        for row in group["rows"]:
            yield from ("", row["label"], row["text"])
