"""Feedback that officials prepare before a case is declined."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import expressions
from bids.models import Criterion, Expression, FeedbackDraft
from bids.states import EXPRESSION
from innovation.accounts.models import User
from innovation.accounts.roles import Permission


@transaction.atomic
def save(
    expression: Expression, *, texts: Mapping[int, str], by: User, at: datetime
) -> None:
    """Keep what the applicant will read on each criterion, by its id. An empty text
    removes what was prepared.
    """
    expression = expressions.lock(expression)
    policies.require(by, Permission.TRIAGE, expression)
    EXPRESSION.next("decline", expression.state)
    drafts = FeedbackDraft.objects.filter(expression=expression)
    saved = texts_of(expression)
    changed = {pk: text.rstrip() for pk, text in texts.items()}
    changed = {pk: text for pk, text in changed.items() if text != saved.get(pk, "")}
    drafts.filter(criterion__in=changed).delete()
    FeedbackDraft.objects.bulk_create(
        FeedbackDraft(
            expression=expression,
            criterion=criterion,
            text=changed[criterion.pk],
            written_by=by,
            written_at=at,
        )
        for criterion in Criterion.objects.filter(round=expression.round)
        if changed.get(criterion.pk)
    )


def texts_of(expression: Expression) -> dict[int, str]:
    """What was prepared for the expression, by the id of the criterion."""
    return texts_by_case([expression]).get(expression.pk, {})


def texts_by_case(cases: Sequence[Expression]) -> dict[int, dict[int, str]]:
    """By the id of the case, and then of the criterion."""
    found: dict[int, dict[int, str]] = {}
    rows = FeedbackDraft.objects.filter(expression__in=[case.pk for case in cases])
    for row in rows:
        found.setdefault(row.expression_id, {})[row.criterion_id] = row.text
    return found


def missing(cases: Sequence[Expression]) -> dict[int, str]:
    """Which feedback has yet to be prepared, for the cases that lack some."""
    prepared = texts_by_case(cases)
    criteria: dict[int, list[Criterion]] = {}
    for row in Criterion.objects.filter(round__in={case.round_id for case in cases}):
        criteria.setdefault(row.round_id, []).append(row)
    lacking = {
        case.pk: [
            f"“{criterion.name}”"
            for criterion in criteria.get(case.round_id, [])
            if criterion.pk not in prepared.get(case.pk, {})
        ]
        for case in cases
    }
    without_criteria = {
        case.pk: "Its round has no criteria to give feedback on"
        for case in cases
        if case.round_id not in criteria
    }
    return without_criteria | {
        pk: f"No feedback is prepared on {', '.join(names)}"
        for pk, names in lacking.items()
        if names
    }
