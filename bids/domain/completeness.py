"""The one rule of what an expression or bid must say before it can be sent.

The task list, the check page, the API and `submit` all read it.
"""

from bids.domain import answers
from bids.domain.facts import Case
from bids.domain.queries import versions
from innovation.core.money import Money

Problems = dict[str | None, list[str]]


def problems(case: Case) -> Problems:
    """What is missing or out of bounds, by field; empty when it can be sent."""
    found: Problems = {}
    if not case.title:
        found["title"] = ["Enter a title"]
    if not case.summary:
        found["summary"] = ["Enter a summary of the idea"]
    if case.strand_id is None:
        found["strand"] = ["Choose the strand the idea belongs to"]
    money = _money(case)
    if money:
        found["money"] = [money]
    return found | answers.problems(case) | dict(versions.problems(case))


def total(case: Case) -> Money:
    return sum((row.amount for row in case.money.all()), Money(0))


def _money(case: Case) -> str | None:
    asked = total(case)
    if not asked:
        return "Enter the money you ask for in at least one financial year"
    least, most = case.round.award_least, case.round.award_most
    if most is not None and asked > most:
        return f"You ask for {asked} but this round gives at most {most}"
    if least is not None and asked < least:
        return f"You ask for {asked} but this round gives at least {least}"
    return None
