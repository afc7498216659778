"""Feedback to declined applicants, for every criterion of the round."""

from collections.abc import Mapping
from datetime import datetime

from bids.domain.applications import Case, owner_of
from bids.models import Criterion, Expression, Feedback, FeedbackDraft, Reconsideration
from innovation.core import limits
from innovation.core.clock import london_day
from innovation.core.errors import Invalid
from innovation.core.formatting import format_deadline


def last_day_to_ask_again(case: Case, at: datetime) -> str:
    """Until when the applicant may ask that a decline of this moment is looked at
    again, for the letter; empty if they have asked before.
    """
    if Reconsideration.objects.filter(**owner_of(case)).exists():
        return ""
    return format_deadline(london_day(at) + limits.RECONSIDERATION_LIFE)


def give(case: Case, feedback: Mapping[int, str]) -> None:
    """Save the feedback (by criterion's id). Raise `Invalid` if any is missing. What
    was prepared of it is no longer needed.
    """
    criteria = list(Criterion.objects.filter(round=case.round_id))
    if not criteria:
        raise Invalid.field(
            None,
            "This round has no criteria to give feedback on. An administrator must "
            "add them before anybody can be declined.",
        )
    problems: dict[str | None, list[str]] = {
        f"criterion_{criterion.pk}": [f"Enter feedback on “{criterion.name}”"]
        for criterion in criteria
        if not feedback.get(criterion.pk, "").strip()
    }
    if problems:
        raise Invalid(problems)
    owner = owner_of(case)
    # Declined again, after an earlier decline was set aside.
    reconsideration = Reconsideration.objects.filter(**owner).first()
    Feedback.objects.bulk_create(
        Feedback(
            **owner,
            criterion=criterion,
            text=feedback[criterion.pk].rstrip(),
            reconsideration=reconsideration,
        )
        for criterion in criteria
    )
    if isinstance(case, Expression):
        FeedbackDraft.objects.filter(expression=case).delete()
