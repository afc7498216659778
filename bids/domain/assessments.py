"""Assessments of a bid: assignment, start, finish, conclusion and reopening.

An official assigns assessors, but not themselves. Nobody sees another's scores before
giving their own. The bid is assessed when as many assessments as its round requires are
finished, none is unfinished, and every wide spread is moderated; after a reopening, the
spreads have to be moderated again.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import bids
from bids.domain.queries.assessments import AssessmentProgress, assessment_progress
from bids.events import BidsEvent
from bids.models import Assessment, Bid, Reopening
from bids.states import BID, BidState
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.rows import get_or_too_late, lock_row
from innovation.notifications import letters

SET_ASIDE_MESSAGE = "Somebody has set this assessment aside."


@transaction.atomic
def assign(bid: Bid, *, assessor: User, by: User, at: datetime) -> Assessment:
    """Assign the bid to an assessor, who gets a letter."""
    bid = bids.lock(bid)
    policies.require(by, Permission.ASSIGN, bid.expression)
    BID.next("assess", bid.state)
    if assessor.pk == by.pk:
        raise Invalid.field(
            "assessor", "Somebody else must assign you: ask another official"
        )
    if not policies.may_assess(assessor, bid):
        raise Invalid.field(
            "assessor",
            "Select an official, or a coach who looks after the case, who does not "
            "belong to its organisations",
        )
    if Assessment.objects.filter(bid=bid, assessor=assessor).exists():
        raise Invalid.field("assessor", "This person is already assessing the bid")
    assessment = Assessment.objects.create(
        bid=bid, assessor=assessor, assigned_by=by, assigned_at=at
    )
    events.record(
        BidsEvent.ASSESSMENT_ASSIGNED,
        assessment,
        by=by,
        at=at,
        data={"user": assessor.key},
    )
    _notify("assessment_assigned", bid, [assessor], at=at)
    return assessment


@transaction.atomic
def start(bid: Bid, *, by: User, at: datetime) -> Assessment:
    """Start the assessment to which the user is assigned."""
    bid = lock_assessable_bid(bid, by)
    assessment = Assessment.objects.filter(bid=bid, assessor=by).first()
    if assessment is None:
        raise NotAllowed("Nobody has assigned you to assess this bid.")
    if assessment.started_at is not None:
        raise TooLate("You have already started to assess this bid.")
    assessment.started_at = at
    assessment.save(update_fields=["started_at"])
    assessment.bid = bid
    events.record(BidsEvent.ASSESSMENT_STARTED, assessment, by=by, at=at)
    return assessment


@transaction.atomic
def finish(assessment: Assessment, *, by: User, at: datetime) -> Assessment:
    """Finish it: its scores are fixed, and the assessor can see those of others."""
    assessment = lock(assessment, by)
    scored = set(assessment.scores.values_list("criterion", flat=True))
    unscored = assessment.bid.round.criteria.exclude(pk__in=scored)
    problems: dict[str | None, list[str]] = {
        f"criterion_{criterion.pk}": [f"Score “{criterion.name}”"]
        for criterion in unscored
    }
    if problems or not scored:
        raise Invalid(problems or {None: ["This round has no criteria to score."]})
    assessment.finished_at = at
    assessment.save(update_fields=["finished_at"])
    events.record(BidsEvent.ASSESSMENT_FINISHED, assessment, by=by, at=at)
    _conclude_or_call_moderators(assessment.bid, by, at)
    return assessment


@transaction.atomic
def set_aside(assessment: Assessment, *, by: User, at: datetime) -> None:
    """Cancel an unfinished assessment, so that the bid need not wait for it. The
    assessor may, or a user who assigns assessors; then the assessor gets a letter.
    """
    bid = bids.lock(assessment.bid)
    rows = Assessment.objects.select_related("bid")
    assessment = get_or_too_late(rows, assessment.pk, SET_ASIDE_MESSAGE)
    if assessment.assessor_id != by.pk:
        policies.require(by, Permission.ASSIGN, bid.expression)
    if assessment.finished_at is not None:
        raise TooLate("This assessment is finished.")
    assessment.bid = bid
    assessment.delete()
    events.record(BidsEvent.ASSESSMENT_SET_ASIDE, assessment, by=by, at=at)
    if assessment.assessor_id != by.pk:
        assessor = [assessment.assessor]
        _notify("assessment_set_aside", bid, assessor, at=at, set_aside_by=str(by))
    _conclude_or_call_moderators(bid, by, at)


@transaction.atomic
def conclude(bid: Bid, *, by: User, at: datetime) -> Bid:
    """Mark the bid as assessed. The last assessment does so automatically; this is for
    a reopened bid that needs no more assessments, with the scores agreed before.
    """
    bid = bids.lock(bid)
    policies.require(by, Permission.ASSIGN, bid.expression)
    BID.next("assess", bid.state)
    missing_assessors = assessment_progress(bid).missing
    if missing_assessors:
        raise TooLate(missing_assessors)
    _conclude(bid, by, at)
    return bid


@transaction.atomic
def reopen(bid: Bid, *, reason: str, by: User, at: datetime) -> Reopening:
    """Reopen the assessment, with a reason for the assessors. Then more people can
    assess the bid, scores can be agreed again, or it can be returned. Not after it was
    listed for the Board, which has these scores.
    """
    bid = bids.lock(bid)
    policies.require(by, Permission.ASSIGN, bid.expression)
    require_reopenable(bid)
    if not reason.strip():
        raise Invalid.field("reason", "Enter why you are reopening the assessment")
    bid.state = BidState(BID.next("reopen", bid.state))
    bid.save(update_fields=["state"])
    reopening = Reopening.objects.create(
        bid=bid, reason=reason.rstrip(), reopened_by=by, reopened_at=at
    )
    events.record(
        BidsEvent.BID_REOPENED, bid, by=by, at=at, data={"reopening": reopening.key}
    )
    assessors = User.objects.filter(assessments__bid=bid)
    _notify("assessment_reopened", bid, assessors, at=at, reason=reopening.reason)
    return reopening


def require_reopenable(bid: Bid) -> None:
    BID.next("reopen", bid.state)
    if was_listed(bid):
        raise TooLate(
            "This bid was listed for the Board, so its assessment can no longer be "
            "reopened."
        )


def was_listed(bid: Bid) -> bool:
    return Event.objects.filter(chain=bid.chain_id, name=BidsEvent.BID_LISTED).exists()


def require_unfinished(assessment: Assessment) -> None:
    BID.next("assess", assessment.bid.state)
    if assessment.finished_at is not None:
        raise TooLate("This assessment is finished.")


def require_moderator(bid: Bid, user: User) -> None:
    """Require an assessor who has finished: others must not see the scores yet."""
    BID.next("assess", bid.state)
    finished = Assessment.objects.filter(bid=bid, assessor=user).exclude(
        finished_at=None
    )
    if not finished.exists():
        raise NotAllowed("Finish your own assessment before you moderate.")


def lock_assessable_bid(bid: Bid, user: User) -> Bid:
    bid = bids.lock(bid)
    policies.require(user, Permission.ASSESS, bid.expression)
    if not policies.may_assess(user, bid):
        raise NotAllowed(
            "You belong to an organisation of this case or have declared an interest "
            "in it, so somebody else must assess it."
        )
    BID.next("assess", bid.state)
    return bid


def lock(assessment: Assessment, user: User) -> Assessment:
    """Lock the user's own unfinished assessment, and its bid first."""
    bid = lock_assessable_bid(assessment.bid, user)
    assessment = lock_row(assessment, missing_message=SET_ASIDE_MESSAGE)
    if assessment.assessor_id != user.pk:
        raise NotAllowed("Only its assessor can change an assessment.")
    assessment.bid = bid
    require_unfinished(assessment)
    if assessment.started_at is None:
        raise TooLate("Start assessing the bid first.")
    return assessment


def _conclude_or_call_moderators(bid: Bid, by: User, at: datetime) -> None:
    """Conclude if this was the last assessment. If a score has to be agreed, write to
    the assessors, because only they can moderate.
    """
    progress = conclude_if_ready(bid, by=by, at=at)
    if any(spread.needs_agreement for spread in progress.wide_spreads):
        assessors = User.objects.filter(assessments__bid=bid)
        _notify("assessment_to_moderate", bid, assessors, at=at)


def conclude_if_ready(bid: Bid, *, by: User, at: datetime) -> AssessmentProgress:
    progress = assessment_progress(bid)
    if progress.can_conclude:
        _conclude(bid, by, at)
    return progress


def _conclude(bid: Bid, by: User, at: datetime) -> None:
    bid.state = BidState(BID.next("assess", bid.state))
    bid.save(update_fields=["state"])
    events.record(BidsEvent.BID_ASSESSED, bid, by=by, at=at)


def _notify(
    kind: str, bid: Bid, to: Iterable[User], *, at: datetime, **facts: str
) -> None:
    letters.queue(
        kind,
        to=to,
        chain=bid.chain,
        subject=bid.key,
        at=at,
        facts={"title": bid.title, **facts},
    )
