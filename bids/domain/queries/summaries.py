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
from bids.models import Expression, Question

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
                "notes": [
                    *notes.get(question.code, []),
                    *_clarification_notes(case, question),
                ],
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


def _clarification_notes(case: Case, question: Question) -> list[str]:
    """What the department asked about an answer of an expression, and was answered."""
    if not isinstance(case, Expression):
        return []
    return [
        note
        for row in case.snapshot_clarification_questions
        if row["code"] == question.code
        for note in (f"Question {row['number']}: {row['text']}", _answer_note(row))
    ]


def _answer_note(row: Row) -> str:
    if row["taken_back_at"]:
        return "Taken back: no answer is needed"
    if not row["answer"]:
        return "Not answered yet"
    return f"Answer to question {row['number']}: {row['answer']}"


def _link_cells(link: Link | None, section: Section, question: Question) -> Row:
    if link is None:
        return {}
    href, action = link(section, question)
    return {"href": href, "action": action}
