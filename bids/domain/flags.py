"""Flags of a case: something that a team has to look into. An open flag, or an
eligibility check that is not met, stands before whoever takes the case forward.
"""

from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain.queries import flags as queries
from bids.events import BidsEvent
from bids.models import Expression, Flag, Team, TriageException
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core import limits
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import lock_row


@transaction.atomic
def add(
    expression: Expression, *, team: str, reason: str, by: User, at: datetime
) -> Flag:
    """Raise a flag, which the team has to look into."""
    expression = _lock_case(expression, by)
    flag = Flag.objects.create(
        expression=expression,
        team=team,
        reason=_require_text("reason", reason, "why you are raising this flag"),
        raised_by=by,
        raised_at=at,
    )
    _record(BidsEvent.EXPRESSION_FLAGGED, flag, by=by, at=at)
    return flag


@transaction.atomic
def resolve(flag: Flag, *, resolution: str, by: User, at: datetime) -> Flag:
    expression = _lock_case(flag.expression, by)
    flag = expression.flags.get(pk=flag.pk)
    if flag.resolved_at is not None:
        raise TooLate("Somebody has resolved this flag already.")
    flag.resolution = _require_text("resolution", resolution, "how it was resolved")
    flag.resolved_by, flag.resolved_at = by, at
    flag.save(update_fields=["resolution", "resolved_by", "resolved_at"])
    _record(BidsEvent.EXPRESSION_FLAG_RESOLVED, flag, by=by, at=at)
    return flag


def explain(expression: Expression, *, reason: str, by: User, at: datetime) -> None:
    """Keep why somebody takes the case forward in spite of its concerns, if any. The
    expression is locked, and was taken forward in this transaction.
    """
    if not queries.concerns(expression.pk):
        return
    TriageException.objects.create(
        expression=expression,
        reason=_require_text("despite", reason, "why you take it forward all the same"),
        given_by=by,
        given_at=at,
    )


def _lock_case(expression: Expression, by: User) -> Expression:
    expression = lock_row(expression, "chain")
    policies.require(by, Permission.TRIAGE, expression)
    if expression.submitted_at is None:
        raise TooLate("This is still a draft, which only its applicant can see.")
    return expression


def _require_text(field: str, text: str, what: str) -> str:
    if not text.strip() or len(text) > limits.COMMENT:
        raise Invalid.field(
            field, f"Enter {what}, in up to {limits.COMMENT:,} characters"
        )
    return text.rstrip()


def _record(event: BidsEvent, flag: Flag, *, by: User, at: datetime) -> None:
    data = {"flag": flag.key, "team": Team(flag.team).label}
    events.record(event, flag.expression, by=by, at=at, data=data, stage="")
