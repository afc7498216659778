"""The one rule of what an expression or bid must say before it can be sent.

The task list, the check page, the API and `submit` all read it.
"""

from bids import validators
from bids.domain import kinds, standard
from bids.domain.facts import Case
from bids.domain.kinds import answers
from bids.domain.queries import sheets, versions

Problems = dict[str | None, list[str]]


def problems(case: Case) -> Problems:
    """What is missing or out of bounds, by the question's code; empty when the case
    can be sent. A question that no answer calls for is no problem.
    """
    sheets.filled(case)
    said = answers.said(case)
    found: Problems = {}
    unread = versions.unread(case)
    for question in standard.asked(case):
        if not validators.shown(question, said):
            continue
        problem = kinds.problem(question, case)
        if question.code in unread:
            problem = f"Correct “{question.wording}”: what was typed cannot be read"
        if problem:
            found[question.code] = [problem]
    return found
