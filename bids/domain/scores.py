"""Scores, each with its reason, and the agreed score if assessors are far apart."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bids.domain.assessments import (
    conclude_if_ready,
    lock,
    lock_assessable_bid,
    require_moderator,
)
from bids.domain.queries.scores import wide_spreads
from bids.events import BidsEvent
from bids.models import Assessment, Bid, Criterion, ModeratedScore, Score
from innovation.accounts.models import User
from innovation.audit import events
from innovation.core.errors import Invalid


@transaction.atomic
def give(
    assessment: Assessment,
    *,
    scores: Mapping[int, tuple[int | None, str]],
    by: User,
    at: datetime,
) -> Assessment:
    """Save scores: the value and its justification, by the criterion's id. The value is
    `None` if the criterion does not apply, and never zero for that. Scores of other
    criteria do not change.
    """
    assessment = lock(assessment, by)
    criteria = {row.pk: row for row in assessment.bid.round.criteria.all()}
    for pk, (value, justification) in scores.items():
        criterion = _check_score(criteria.get(pk), value)
        if not justification.strip():
            sentence = f"Enter why you gave “{criterion.name}” this score"
            raise Invalid.field(f"justification_{pk}", sentence)
    Score.objects.bulk_create(
        (
            Score(
                assessment=assessment,
                criterion=criteria[pk],
                value=value,
                not_applicable=value is None,
                justification=justification.rstrip(),
            )
            for pk, (value, justification) in scores.items()
        ),
        update_conflicts=True,
        unique_fields=["assessment", "criterion"],
        update_fields=["value", "not_applicable", "justification"],
    )
    events.record(
        BidsEvent.ASSESSMENT_SCORED,
        assessment,
        by=by,
        at=at,
        data={"criteria": sorted(scores)},
    )
    return assessment


@transaction.atomic
def moderate(
    bid: Bid, *, criterion: Criterion, value: int, reason: str, by: User, at: datetime
) -> ModeratedScore:
    """Agree one score if assessors are far apart. Their own scores stay. Once agreed,
    it can change only after the assessment was reopened.
    """
    bid = lock_assessable_bid(bid, by)
    require_moderator(bid, by)
    spreads = {spread.criterion.pk: spread for spread in wide_spreads(bid)}
    if criterion.pk not in spreads:
        raise Invalid.field(
            "criterion", "Select a criterion with scores that are far apart"
        )
    agreed = spreads[criterion.pk].moderated_score
    if agreed and not spreads[criterion.pk].is_reopened:
        raise Invalid.field(
            "criterion",
            f"{agreed.moderated_by} has already agreed a score of {agreed.value}",
        )
    lowest, highest = criterion.min_score, criterion.max_score
    if not lowest <= value <= highest:
        raise Invalid.field("value", f"Enter a score from {lowest} to {highest}")
    if not reason.strip():
        raise Invalid.field("reason", "Enter why this score was agreed")
    moderated, _ = ModeratedScore.objects.update_or_create(
        bid=bid,
        criterion=criterion,
        defaults={
            "value": value,
            "reason": reason.rstrip(),
            "moderated_by": by,
            "moderated_at": at,
        },
    )
    events.record(
        BidsEvent.BID_MODERATED, bid, by=by, at=at, data={"criterion": criterion.pk}
    )
    conclude_if_ready(bid, by=by, at=at)
    return moderated


def _check_score(criterion: Criterion | None, value: int | None) -> Criterion:
    if criterion is None:
        raise Invalid.field("criterion", "Choose a criterion of this round")
    lowest, highest = criterion.min_score, criterion.max_score
    if value is not None and not lowest <= value <= highest:
        raise Invalid.field(
            f"value_{criterion.pk}", f"Enter a score from {lowest} to {highest}"
        )
    return criterion
