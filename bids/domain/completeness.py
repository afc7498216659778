"""The rule for what an expression or bid must contain before it can be sent.

The task list, the check page, the API and `submit` all use it.
"""

from bids.domain import question_types, sections
from bids.domain.applications import Case
from bids.domain.queries import answer_versions

Problems = dict[str | None, list[str]]


def problems(case: Case) -> Problems:
    """What is missing or out of bounds, by the question's code; empty if the case can
    be sent. Questions that do not apply are left out.
    """
    problems_by_code: Problems = {}
    unreadable = answer_versions.unreadable_codes(case)
    for question in sections.applicable_questions(case):
        problem = question_types.answer_problem(question, case)
        if question.code in unreadable:
            problem = f"Correct “{question.wording}”: check the numbers and dates"
        if problem:
            problems_by_code[question.code] = [problem]
    return problems_by_code
