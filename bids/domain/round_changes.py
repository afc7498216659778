"""Which facts of a round are fixed once it has cases, and how the others may change.

Database triggers enforce this too.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bids.models import Bid, Expression, Feedback, Round, Score
from bids.states import ExpressionState
from innovation.core.errors import Invalid
from innovation.core.money import Money


def frozen_fact_reasons(round: Round, at: datetime) -> dict[str, str]:
    """The reason why a fact can no longer change, by fact."""
    scored = _spread_reasons(round)
    if has_cases(round):
        return scored | {
            "route": "People have started cases in this round, and these follow its "
            "route.",
            "opens_at": "People have started cases in this round, so it has opened.",
            "assessments_needed": "People have started cases in this round, and the "
            "same number of people must assess each bid.",
        }
    if round.published and round.opens_at is not None and round.opens_at <= at:
        return scored | {"opens_at": "This round has opened."}
    return scored


def used_criteria_reason(round: Round) -> str:
    """Why criteria only change as new versions; empty if they change freely."""
    if has_scores(round):
        return (
            "People have scored bids in this round, so its criteria only change as "
            "new versions, with a reason."
        )
    if Feedback.objects.filter(criterion__round=round).exists():
        return (
            "Applicants in this round have had feedback, so its criteria only change "
            "as new versions, with a reason."
        )
    return ""


def has_scores(round: Round) -> bool:
    return Score.objects.filter(criterion__round=round).exists()


def has_cases(round: Round) -> bool:
    """Whether there are cases. Drafts count: they were started on these terms."""
    return any(
        model._default_manager.filter(round=round).exists()
        for model in (Expression, Bid)
    )


def has_submissions(round: Round) -> bool:
    return Expression.objects.filter(round=round, submitted_at__isnull=False).exists()


def waiting_drafts(round: Round) -> "QuerySet[Expression]":
    """The drafts whose applicants are affected by the closing time."""
    unsent = Expression.objects.filter(round=round, submitted_at=None)
    return unsent.filter(state=ExpressionState.DRAFT)


def check_changes(round: Round, facts: Mapping[str, Any], at: datetime) -> None:
    """Refuse changes of fixed facts. `round` is locked, with its saved values."""
    changed = {n: value for n, value in facts.items() if value != getattr(round, n)}
    problems: dict[str | None, list[str]] = {
        name: [reason]
        for name, reason in frozen_fact_reasons(round, at).items()
        if name in changed
    }
    for name in _CHECKS.keys() & changed.keys():
        if sentence := _CHECKS[name](round, changed[name], at):
            problems[name] = [sentence]
    if problems:
        raise Invalid(problems)


def _spread_reasons(round: Round) -> dict[str, str]:
    if not has_scores(round):
        return {}
    return {
        "wide_spread": "People have scored bids in this round, and the same spread "
        "must be moderated in each."
    }


def _check_closing(round: Round, closes_at: datetime | None, at: datetime) -> str:
    """A new closing time must not make a submission late that was in time."""
    if closes_at is None or not round.published:
        return ""
    in_time = Expression.objects.filter(round=round, submitted_at__gt=closes_at)
    if round.closes_at is not None:
        in_time = in_time.filter(submitted_at__lte=round.closes_at)
    if closes_at <= at or in_time.exists():
        return "Enter a time in the future, so that no form already sent becomes late"
    return ""


def _check_min_award(round: Round, lowest: Money | None, at: datetime) -> str:
    if lowest is None or (round.min_award is not None and lowest < round.min_award):
        return ""
    return _check_limit(round, "Enter {} or less", "Leave this empty", round.min_award)


def _check_max_award(round: Round, highest: Money | None, at: datetime) -> str:
    if highest is None or (round.max_award is not None and highest > round.max_award):
        return ""
    return _check_limit(round, "Enter {} or more", "Leave this empty", round.max_award)


def _check_limit(round: Round, bound: str, empty: str, current: Money | None) -> str:
    """A limit cannot be made stricter once there are cases."""
    if not has_submissions(round):
        return ""
    requirement = empty if current is None else bound.format(current)
    return f"{requirement}: people have sent forms within this limit"


_CHECKS: Mapping[str, Callable[[Round, Any, datetime], str]] = {
    "closes_at": _check_closing,
    "min_award": _check_min_award,
    "max_award": _check_max_award,
}
