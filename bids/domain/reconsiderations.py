"""Reconsiderations: an applicant asks once that a decline is looked at again, and an
official who did not take the decision upholds it or sets it aside.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bids import policies
from bids.domain import bids, expressions
from bids.domain.applications import Case, owner_of
from bids.domain.recipients import caseworkers, lead_members
from bids.events import BidsEvent
from bids.models import Bid, Expression, Reconsideration
from bids.states import (
    BID,
    EXPRESSION,
    RECONSIDERATION,
    ExpressionState,
    ReconsiderationState,
)
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Event
from innovation.core import limits
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_deadline
from innovation.core.rows import lock_row
from innovation.notifications import letters


@dataclass(frozen=True, slots=True)
class Decline:
    """The decision about which an applicant may ask, until the end of `last_day`."""

    declined_by: str
    last_day: date


_EVENTS = {
    Expression: {
        "decline": BidsEvent.EXPRESSION_DECLINED,
        "ask": BidsEvent.EXPRESSION_RECONSIDERATION_ASKED,
        "uphold": BidsEvent.EXPRESSION_UPHELD,
        "overturn": BidsEvent.EXPRESSION_RECONSIDERED,
    },
    Bid: {
        "decline": BidsEvent.BID_DECLINED,
        "ask": BidsEvent.BID_RECONSIDERATION_ASKED,
        "uphold": BidsEvent.BID_UPHELD,
        "overturn": BidsEvent.BID_RECONSIDERED,
    },
}


@transaction.atomic
def ask(case: Case, *, grounds: str, by: User, at: datetime) -> Reconsideration:
    """Ask that the decline of an expression or a bid is looked at again, once."""
    case = _lock(case)
    policies.require_edit(by, case.lead)
    decline = require_askable(case, at)
    if not grounds.strip():
        raise Invalid.field("grounds", "Enter why the decision is wrong")
    reconsideration = Reconsideration.objects.create(
        **owner_of(case),
        grounds=grounds.rstrip(),
        declined_by=User.objects.get(key=decline.declined_by),
        asked_by=by,
        asked_at=at,
    )
    _record("ask", reconsideration, by=by, at=at)
    _notify("reconsideration_received", case, at)
    letters.queue(
        "reconsideration_asked",
        to=caseworkers(_expression_of(case)),
        chain=case.chain,
        subject=case.key,
        at=at,
        facts={
            "title": case.title,
            "page": "bids" if isinstance(case, Bid) else "cases",
        },
    )
    return reconsideration


@transaction.atomic
def uphold(
    reconsideration: Reconsideration, *, reasons: str, by: User, at: datetime
) -> Reconsideration:
    """The decline stands."""
    reconsideration = _answer(reconsideration, "uphold", reasons, by=by, at=at)
    _record("uphold", reconsideration, by=by, at=at)
    _notify("reconsideration_upheld", reconsideration.case, at, reasons=reasons)
    return reconsideration


@transaction.atomic
def overturn(
    reconsideration: Reconsideration, *, reasons: str, by: User, at: datetime
) -> Reconsideration:
    """The case goes back to where it was before the decline: an expression to be read,
    a bid to the minister or the approver, who decides again.
    """
    reconsideration = _answer(reconsideration, "overturn", reasons, by=by, at=at)
    case = reconsideration.case
    table = BID if isinstance(case, Bid) else EXPRESSION
    case.state = table.next("reconsider", case.state)
    case.save(update_fields=["state"])
    _record("overturn", reconsideration, by=by, at=at)
    _notify("reconsideration_overturned", case, at, reasons=reasons)
    return reconsideration


def require_askable(case: Case, at: datetime) -> Decline:
    """Refuse what was not declined here, what was asked before, and who comes late."""
    if case.state != ExpressionState.DECLINED:
        raise TooLate("You can only ask about a decision to decline.")
    if Reconsideration.objects.filter(**owner_of(case)).exists():
        raise TooLate("Your organisation has already asked us once to look again.")
    decline = decline_of(case)
    if decline is None:
        raise TooLate("This was decided before the service, so we can’t look again.")
    if london_day(at) > decline.last_day:
        raise TooLate(f"You could ask until {format_deadline(decline.last_day)}.")
    return decline


def last_day_to_ask(case: Case, at: datetime) -> date | None:
    """Until when somebody may ask about a case with its snapshot. `None` if nobody can:
    see `require_askable`.
    """
    if case.state != ExpressionState.DECLINED or case.snapshot_reconsiderations:
        return None
    decline = decline_of(case)
    if decline is None or london_day(at) > decline.last_day:
        return None
    return decline.last_day


def decline_of(case: Case) -> Decline | None:
    """The last decline of the expression or the bid. `None` if it was imported."""
    declines = Event.objects.filter(
        chain=case.chain_id, name=_EVENTS[type(case)]["decline"], subject=case.key
    )
    event = declines.order_by("-seq").first()
    if event is None:
        return None
    return Decline(event.actor, london_day(event.at) + limits.RECONSIDERATION_LIFE)


def require_may_answer(reconsideration: Reconsideration, user: User) -> None:
    """Require an official who works on the case, did not take the decision, and belongs
    to no organisation of the case.
    """
    case = reconsideration.case
    policies.require(user, Permission.TRIAGE, _expression_of(case))
    if reconsideration.state != ReconsiderationState.ASKED:
        raise TooLate("Somebody has already answered this.")
    if reconsideration.declined_by_id == user.pk:
        raise NotAllowed("You declined this, so somebody else must look at it again.")
    if policies.is_in_organisation_of(user, case):
        raise NotAllowed(
            "You belong to an organisation of this case, so somebody else must look "
            "at it again."
        )


def _answer(
    reconsideration: Reconsideration,
    verb: str,
    reasons: str,
    *,
    by: User,
    at: datetime,
) -> Reconsideration:
    case = _lock(reconsideration.case)
    reconsideration = lock_row(reconsideration)
    if isinstance(case, Bid):
        reconsideration.bid = case
    else:
        reconsideration.expression = case
    require_may_answer(reconsideration, by)
    if not reasons.strip():
        raise Invalid.field("reasons", "Enter the reasons for your answer")
    reconsideration.state = RECONSIDERATION.next(verb, reconsideration.state)
    reconsideration.reasons = reasons.rstrip()
    reconsideration.answered_by, reconsideration.answered_at = by, at
    reconsideration.save(
        update_fields=["state", "reasons", "answered_by", "answered_at"]
    )
    return reconsideration


def _lock(case: Case) -> Case:
    return bids.lock(case) if isinstance(case, Bid) else expressions.lock(case)


def _expression_of(case: Case) -> Expression:
    return case.expression if isinstance(case, Bid) else case


def _record(
    verb: str, reconsideration: Reconsideration, *, by: User, at: datetime
) -> None:
    """Record what was done. Only to set the decline aside moves the case."""
    case = reconsideration.case
    events.record(
        _EVENTS[type(case)][verb],
        case,
        by=by,
        at=at,
        data={"reconsideration": reconsideration.key},
        stage=None if verb == "overturn" else "",
    )


def _notify(kind: str, case: Case, at: datetime, **facts: str) -> None:
    page = "bids" if isinstance(case, Bid) else "expressions"
    letters.queue(
        kind,
        to=lead_members(case),
        chain=case.chain,
        subject=case.key,
        at=at,
        facts={"title": case.title, "page": page, **facts},
    )
