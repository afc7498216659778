"""Scores with their reasons, and what makes a bid assessed.

Nobody sees another's scores before giving their own. The bid becomes assessed once
somebody has finished, nobody is still scoring, and every wide spread is moderated.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import bids
from bids.domain.spread import wide
from bids.models import Assessment, Bid, Criterion, ModeratedScore, Score
from bids.states import BID, BidState
from innovation.accounts.models import User
from innovation.accounts.roles import Verb
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate


@transaction.atomic
def start(bid: Bid, *, by: User, at: datetime) -> Assessment:
    bid = _lock_for(bid, by)
    if Assessment.objects.filter(bid=bid, assessor=by).exists():
        raise TooLate("You have already started to assess this bid.")
    assessment = Assessment.objects.create(bid=bid, assessor=by, started_at=at)
    _record(assessment, "started", by=by, at=at)
    return assessment


@transaction.atomic
def score(
    assessment: Assessment,
    *,
    scores: Mapping[int, tuple[int | None, str]],
    by: User,
    at: datetime,
) -> Assessment:
    """`scores` by criterion's id: the value and why. None says that the criterion
    does not apply: it is never a zero. Those not named stay as they were.
    """
    assessment = _lock_own(assessment, by)
    criteria = {each.pk: each for each in assessment.bid.round.criteria.all()}
    for pk, (value, words) in scores.items():
        _check(criteria.get(pk), value)
        if not words.strip():
            sentence = f"Say why you give this score on “{criteria[pk].name}”"
            raise Invalid.field(f"justification_{pk}", sentence)
        Score.objects.update_or_create(
            assessment=assessment,
            criterion=criteria[pk],
            defaults={
                "value": value,
                "not_applicable": value is None,
                "justification": words.strip(),
            },
        )
    _record(assessment, "scored", by=by, at=at, criteria=sorted(scores))
    return assessment


@transaction.atomic
def finish(assessment: Assessment, *, by: User, at: datetime) -> Assessment:
    """From now on the scores stay, and the others' can be seen."""
    assessment = _lock_own(assessment, by)
    scored = set(assessment.scores.values_list("criterion", flat=True))
    missing = assessment.bid.round.criteria.exclude(pk__in=scored)
    problems: dict[str | None, list[str]] = {
        f"criterion_{criterion.pk}": [f"Score “{criterion.name}”"]
        for criterion in missing
    }
    if problems or not scored:
        raise Invalid(problems or {None: ["This round has no criteria to score."]})
    assessment.finished_at = at
    assessment.save(update_fields=["finished_at"])
    _record(assessment, "finished", by=by, at=at)
    _conclude(assessment.bid, by, at)
    return assessment


@transaction.atomic
def set_aside(assessment: Assessment, *, by: User, at: datetime) -> None:
    """Give up an unfinished one, so that the bid need not wait for it. Its assessor,
    or whoever assigns people to cases, may.
    """
    bid = bids.lock(assessment.bid)
    assessment = Assessment.objects.select_related("bid").get(pk=assessment.pk)
    if assessment.assessor_id != by.pk:
        policies.require(by, Verb.ASSIGN, bid.expression)
    if assessment.finished_at is not None:
        raise TooLate("This assessment is finished.")
    assessment.bid = bid
    assessment.delete()
    _record(assessment, "set_aside", by=by, at=at)
    if Assessment.objects.filter(bid=bid).exists():
        _conclude(bid, by, at)


@transaction.atomic
def moderate(
    bid: Bid, *, criterion: Criterion, value: int, reason: str, by: User, at: datetime
) -> ModeratedScore:
    """Agree one score where assessors are far apart. The first ones stay."""
    bid = _lock_for(bid, by)
    require_moderator(bid, by)
    if criterion.pk not in {spread.criterion.pk for spread in wide(bid)}:
        raise Invalid.field("criterion", "Its scores are not far apart")
    least, most = criterion.score_least, criterion.score_most
    if not least <= value <= most:
        raise Invalid.field("value", f"Enter a score from {least} to {most}")
    if not reason.strip():
        raise Invalid.field("reason", "Say why this score was agreed")
    moderated, _ = ModeratedScore.objects.update_or_create(
        bid=bid,
        criterion=criterion,
        defaults={
            "value": value,
            "reason": reason.strip(),
            "moderated_by": by,
            "moderated_at": at,
        },
    )
    bids.record(bid, "moderated", by=by, at=at, data={"criterion": criterion.pk})
    _conclude(bid, by, at)
    return moderated


def require_unfinished(assessment: Assessment) -> None:
    BID.next("assess", assessment.bid.state)
    if assessment.finished_at is not None:
        raise TooLate("This assessment is finished.")


def require_moderator(bid: Bid, user: User) -> None:
    """Who has not given scores of their own would be looking at others' first."""
    BID.next("assess", bid.state)
    finished = Assessment.objects.filter(bid=bid, assessor=user).exclude(
        finished_at=None
    )
    if not finished.exists():
        raise NotAllowed("Finish your own assessment before you moderate.")


def _lock_for(bid: Bid, by: User) -> Bid:
    bid = bids.lock(bid)
    policies.require(by, Verb.ASSESS, bid.expression)
    BID.next("assess", bid.state)
    return bid


def _lock_own(assessment: Assessment, by: User) -> Assessment:
    bid = _lock_for(assessment.bid, by)
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if assessment.assessor_id != by.pk:
        raise NotAllowed("Only its assessor can change an assessment.")
    assessment.bid = bid
    require_unfinished(assessment)
    return assessment


def _check(criterion: Criterion | None, value: int | None) -> None:
    if criterion is None:
        raise Invalid.field("criterion", "Choose a criterion of this round")
    least, most = criterion.score_least, criterion.score_most
    if value is not None and not least <= value <= most:
        raise Invalid.field(
            f"value_{criterion.pk}", f"Enter a score from {least} to {most}"
        )


def _conclude(bid: Bid, by: User, at: datetime) -> None:
    under_way = Assessment.objects.filter(bid=bid, finished_at=None).exists()
    if under_way or any(spread.moderated is None for spread in wide(bid)):
        return
    bid.state = BidState(BID.next("assess", bid.state))
    bid.save(update_fields=["state"])
    bids.record(bid, "assessed", by=by, at=at)


def _record(
    assessment: Assessment, done: str, *, by: User, at: datetime, **data: list[int]
) -> None:
    events.record(
        assessment.bid.chain,
        f"assessment.{done}",
        subject=assessment.key,
        by=by,
        at=at,
        data=data,
    )
