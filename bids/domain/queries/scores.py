"""Wide spreads of scores, and whose scores a user may see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from bids import policies
from bids.models import Assessment, Bid, Criterion, ModeratedScore, Score
from bids.states import BidState
from innovation.accounts.models import User
from innovation.accounts.roles import Permission


@dataclass(frozen=True, slots=True)
class ScoreSpread:
    criterion: Criterion
    lowest: int
    highest: int
    moderated_score: ModeratedScore | None
    is_reopened: bool = False
    """Whether the assessment was reopened after the score was agreed."""

    @property
    def needs_agreement(self) -> bool:
        return self.moderated_score is None or self.is_reopened


def scores_by_criterion() -> QuerySet[Score]:
    """Scores with their criteria, in the order of the criteria."""
    rows = Score.objects.select_related("criterion")
    return rows.order_by("criterion__position", "criterion__name", "pk")


def wide_spreads(bid: Bid) -> list[ScoreSpread]:
    """Criteria whose finished scores are as far apart as the round says must be
    moderated; “not applicable” is no score.
    """
    values: dict[Criterion, list[int]] = defaultdict(list)
    scores = scores_by_criterion().filter(
        assessment__bid=bid,
        assessment__finished_at__isnull=False,
        value__isnull=False,
    )
    for score in scores:
        values[score.criterion].append(score.value or 0)
    moderated = {row.criterion_id: row for row in bid.moderated_scores.all()}
    reopened = bid.reopenings.first() if moderated else None
    return [
        ScoreSpread(
            criterion,
            min(criterion_scores),
            max(criterion_scores),
            agreed := moderated.get(criterion.pk),
            bool(agreed and reopened and reopened.reopened_at > agreed.moderated_at),
        )
        for criterion, criterion_scores in values.items()
        if max(criterion_scores) - min(criterion_scores) >= bid.round.wide_spread
    ]


def all_assessments(bid: Bid) -> list[Assessment]:
    """All assessments with scores, to be passed to `visible_assessments`."""
    scores = Prefetch("scores", scores_by_criterion())
    rows = bid.assessments.select_related("assessor").prefetch_related(scores)
    return list(rows.order_by("started_at", "pk"))


def visible_assessments(
    bid: Bid, user: User, assessments: Sequence[Assessment]
) -> list[Assessment]:
    """The user's own assessment, and finished ones. A user who may still give a first
    score sees none of the others until theirs is finished or the bid is assessed.
    """
    if not user.may(Permission.READ_CASES):
        return []
    own = [
        assessment for assessment in assessments if assessment.assessor_id == user.pk
    ]
    finished_own = any(assessment.finished_at for assessment in own)
    could_score = bid.state in _BEFORE_ASSESSMENT and policies.may(
        user, Permission.ASSESS, bid.expression
    )
    if could_score and not finished_own:
        return own
    return [
        assessment
        for assessment in assessments
        if assessment.finished_at or assessment in own
    ]


_BEFORE_ASSESSMENT = (BidState.IN_DEVELOPMENT, BidState.SUBMITTED, BidState.RETURNED)
