"""The rule for what an expression or bid must contain before it can be sent.

The task list, the check page, the API and `submit` all use it.
"""

from bids.domain import question_types, sections
from bids.domain.case_facts import Case
from bids.domain.queries import versions

Problems = dict[str | None, list[str]]


def problems(case: Case) -> Problems:
    """The problems by the question's code; empty if the case can be sent. A question
    that is not applicable has no problem.
    """
    result: Problems = {}
    unread = versions.unreadable_codes(case)
    for question in sections.applicable_questions(case):
        problem = question_types.answer_problem(question, case)
        if question.code in unread:
            problem = f"Correct “{question.wording}”: check the numbers and dates"
        if problem:
            result[question.code] = [problem]
    return result
