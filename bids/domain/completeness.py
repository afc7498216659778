"""The rule for what an expression or bid must contain before it can be sent.

The task list, the check page, the API and `submit` all use it.
"""

from datetime import datetime

from bids.domain import question_types, sections
from bids.domain.applications import Case
from bids.domain.queries import answer_versions
from bids.models.question_type import QuestionType
from bids.models.round import Route
from innovation.core.clock import financial_year, financial_year_name, london_day

Problems = dict[str | None, list[str]]


def problems(case: Case, at: datetime) -> Problems:
    """What is missing or out of bounds, by the question's code; empty if the case can
    be sent at `at`. Questions that do not apply are left out.
    """
    problems_by_code: Problems = {}
    unreadable = answer_versions.unreadable_codes(case)
    for question in sections.applicable_questions(case):
        problem = question_types.answer_problem(question, case)
        if problem is None and question.kind == QuestionType.MONEY_ASKED:
            problem = _year_problem(case, at)
        if question.code in unreadable:
            problem = f"Correct “{question.wording}”: check the numbers and dates"
        if problem:
            problems_by_code[question.code] = [problem]
    return problems_by_code


def _year_problem(case: Case, at: datetime) -> str | None:
    """A seed grant counts towards the limit of the year in which it is sent."""
    this_year = financial_year(london_day(at))
    years = [row["financial_year"] for row in case.snapshot_money]
    if case.round.route != Route.SEED or min(years, default=this_year) >= this_year:
        return None
    return (
        f"Enter the amount again: you gave it for {financial_year_name(min(years))}, "
        "which has ended"
    )
