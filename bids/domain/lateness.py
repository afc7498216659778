"""Closing times, late submissions and late entries.

The time when a request reached the server counts, not the time when it was handled, so
that a queue makes nobody late.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import (
    Case,
    DateTimeField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Greatest

from bids import policies
from bids.domain import rounds
from bids.events import BidsEvent
from bids.models import Expression, LateAttempt, LateEntry, Round
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.policies import people_of
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core import limits
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_deadline
from innovation.core.rows import lock_row
from innovation.notifications import letters
from innovation.organisations.models import Organisation

CLOSING = "closes_for_lead"
MAX_EXTENSION = timedelta(days=28)


class LateSubmission(TooLate):
    """The submission was late. The draft is unchanged; `attempt` is the receipt."""

    def __init__(self, attempt: LateAttempt) -> None:
        closing_time = format_deadline(attempt.closed_at)
        super().__init__(
            f"{attempt.expression.round.name} closed at {closing_time}. Your draft has "
            f"not changed. We have kept a receipt of your attempt: {attempt.key}."
        )
        self.attempt = attempt


def closing_time_for(round: Round, organisation: Organisation) -> datetime | None:
    """The closing time for the organisation; `None` if the round is rolling."""
    if round.closes_at is None:
        return None
    entries = LateEntry.objects.filter(round=round, organisation=organisation)
    latest: datetime | None = entries.aggregate(Max("until"))["until__max"]
    return max(round.closes_at, latest) if latest else round.closes_at


def with_closing_time(expressions: QuerySet[Expression]) -> QuerySet[Expression]:
    """Each with `closes_for_lead`: what `closing_time_for` says of it."""
    latest = Greatest("round__closes_at", newest_late_entry("until"))
    closing = Case(
        When(round__closes_at__isnull=False, then=latest), output_field=DateTimeField()
    )
    return expressions.annotate(**{CLOSING: closing})


def newest_late_entry(column: str) -> Subquery:
    """The latest value of a column of the late entries that an expression’s lead has
    in its round, if it has any.
    """
    entries = LateEntry.objects.filter(
        round=OuterRef("round"), organisation=OuterRef("lead")
    )
    groups = entries.order_by().values("organisation")
    return Subquery(groups.annotate(newest=Max(column)).values("newest"))


def is_late(round: Round, organisation: Organisation, at: datetime) -> bool:
    """Whether it is late. Makes a query only after the round has closed for others."""
    return closed_at(round, organisation, at) is not None


def closed_at(
    round: Round, organisation: Organisation, at: datetime
) -> datetime | None:
    """When it closed for the organisation; `None` if it can still send. Makes a query
    only after the round has closed for others.
    """
    if round.closes_at is None or at <= round.closes_at:
        return None
    end = closing_time_for(round, organisation)
    return end if end is not None and at > end else None


def require_open(round: Round, organisation: Organisation, at: datetime) -> None:
    """Like `rounds.require_open`, but allows for a late entry."""
    has_closed = round.closes_at is not None and at > round.closes_at
    if not has_closed or not round.published or is_late(round, organisation, at):
        rounds.require_open(round, at)


def rounds_open_to(user: User, at: datetime) -> QuerySet[Round]:
    """Rounds in which one of the user's organisations may start now."""
    entries = LateEntry.objects.filter(
        organisation__in=policies.organisations_of(user), until__gte=at
    )
    with_late_entry = Q(pk__in=entries.values("round"), published=True)
    return Round.objects.filter(
        with_late_entry | Q(pk__in=rounds.rounds_open_at(at).values("pk"))
    )


def record_late_attempt(
    expression: Expression, *, by: User, at: datetime
) -> LateAttempt:
    """Record the attempt, in the transaction of the submission."""
    end = closing_time_for(expression.round, expression.lead)
    assert end is not None, "a rolling round has no late attempts"
    if expression.late_attempts.count() >= limits.LATE_ATTEMPTS_A_CASE:
        raise TooLate(
            f"{expression.round.name} closed at {format_deadline(end)}. Your draft has "
            f"not changed. We keep receipts of up to {limits.LATE_ATTEMPTS_A_CASE} "
            "attempts, and you have reached that limit."
        )
    attempt = LateAttempt.objects.create(
        expression=expression, by=by, at=at, closed_at=end
    )
    events.record(
        BidsEvent.EXPRESSION_CAME_LATE,
        expression,
        by=by,
        at=at,
        data={"receipt": attempt.key, "closed_at": end.isoformat()},
    )
    return attempt


@transaction.atomic
def allow_late_entry(
    round: Round,
    *,
    organisation: Organisation,
    until: datetime,
    reason: str,
    by: User,
    at: datetime,
) -> LateEntry:
    """Let an organisation start and send until then, and write to its people. Nobody
    can do this for their own organisation.
    """
    require_permission(by, Permission.TRIAGE)
    round = lock_row(round)
    _check_late_entry(round, until, reason, at)
    if policies.is_member_of(by, organisation):
        raise NotAllowed(
            "You belong to this organisation, so somebody else must give it more time."
        )
    entry = LateEntry.objects.create(
        round=round,
        organisation=organisation,
        until=until,
        reason=reason.rstrip(),
        given_by=by,
        given_at=at,
    )
    events.record(
        BidsEvent.ROUND_LATE_ENTRY_GIVEN,
        round,
        by=by,
        at=at,
        data={"organisation": organisation.key, "until": until.isoformat()},
    )
    letters.queue(
        "late_entry_given",
        to=people_of([organisation]),
        chain=round.chain,
        subject=round.key,
        at=at,
        facts={"round": round.name, "until": format_deadline(until)},
    )
    return entry


def _check_late_entry(round: Round, until: datetime, reason: str, at: datetime) -> None:
    if round.closes_at is None or at <= round.closes_at:
        raise TooLate("This round is still open, so you do not need to give more time.")
    problems: dict[str | None, list[str]] = {}
    if not reason.strip():
        problems["reason"] = ["Enter why you are letting them in late"]
    if until <= at:
        problems["until"] = ["Enter a time in the future"]
    elif until > at + MAX_EXTENSION:
        problems["until"] = [f"Enter a time within {MAX_EXTENSION.days} days"]
    if problems:
        raise Invalid(problems)
