"""What a case says, section by section, as rows of summary lists: for applicant and
department alike.

Reads what `domain.queries.sheets` fetched; makes no query of its own.
"""

from typing import Any

from django.urls import reverse

from bids import validators
from bids.domain import kinds, sections
from bids.domain.kinds import answers
from bids.domain.sections import Section
from bids.models import Question

Row = dict[str, Any]
Group = dict[str, Any]


def groups(case: Any, change: str = "") -> list[Group]:
    """Each group: `slug` and `title` of the section, and its `rows`. `change` names the
    page of a section, to which each row then links.
    """
    said = answers.said(case)
    found = []
    for section in sections.of(case):
        rows = [
            _row(case, section, question, change)
            for question in section.questions
            if validators.shown(question, said)
        ]
        found.append({"slug": section.slug, "title": section.title, "rows": rows})
    return found


def place(case: Any, section: Section, question: Question, page: str) -> str:
    """Where the question is answered; saving there leads back to the check page."""
    address = reverse(f"bids:{page}", args=[case.key, section.slug])
    return f"{address}?from=check#{section.anchor(question)}"


def _row(case: Any, section: Section, question: Question, change: str) -> Row:
    row: Row = {
        "code": question.code,
        "label": question.wording,
        "value": kinds.text(question, case),
    }
    if change:
        row["href"] = place(case, section, question, change)
    return row
