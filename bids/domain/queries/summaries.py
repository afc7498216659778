"""The answers of a case by section, as rows of summary lists.

It reads the case's snapshot (`domain.queries.case_snapshot`) and makes no query.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from bids import validators
from bids.domain import question_types, sections
from bids.domain.applications import Case
from bids.domain.queries import case_documents
from bids.domain.question_types import answer_types
from bids.domain.sections import Section
from bids.models import Question

Row = dict[str, Any]
Group = dict[str, Any]


Link = Callable[[Section, Question], tuple[str, str]]
"""Returns the address and text of the link beside a row."""


def groups(
    case: Case, link: Link | None = None, notes: Mapping[str, list[str]] = {}
) -> list[Group]:
    """Groups with the section's `slug`, `title` and `rows`. `notes`, by code, are shown
    below the answers.
    """
    answers = answer_types.answers_by_code(case)
    result = []
    for section in sections.sections_of(case):
        rows = [
            {
                "code": question.code,
                "criterion": question.criterion_id,
                "label": question.wording,
                "value": question_types.answer_text(question, case),
                "files": case_documents.files_of_question(case, question.code),
                "empty": "Not answered",
                "notes": notes.get(question.code, []),
                **_link_cells(link, section, question),
            }
            for question in section.questions
            if validators.is_applicable(question, answers)
        ]
        result.append({"slug": section.slug, "title": section.title, "rows": rows})
    return result


def rows_by_criterion(case: Case) -> dict[int, list[Row]]:
    """The rows of the questions on which each criterion draws, by its id."""
    rows: dict[int, list[Row]] = defaultdict(list)
    for group in groups(case):
        for row in group["rows"]:
            if row["criterion"] is not None:
                rows[row["criterion"]].append(row)
    return dict(rows)


def _link_cells(link: Link | None, section: Section, question: Question) -> Row:
    if link is None:
        return {}
    href, action = link(section, question)
    return {"href": href, "action": action}
