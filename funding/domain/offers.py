"""The offer of a grant: by when it must be answered, on which terms, and who answered.

The award is offered, accepted and declined by `funding.domain.awards`.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from funding.domain import terms
from funding.domain.award_support import notify_holders
from funding.domain.reminders import offer_entry
from funding.events import FundingEvent
from funding.models import Award, Offer
from funding.states import AwardState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core import limits
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, TooLate
from innovation.core.formatting import format_deadline
from innovation.core.rows import lock_row


def usual_reply_day(at: datetime) -> date:
    return london_day(at) + limits.OFFER_LIFE


def make(
    award: Award, *, reply_by: date | None, conditions: str, at: datetime
) -> Offer:
    """Add what the offer says to an award that is new in this transaction. It has the
    latest version of the round’s terms.
    """
    reply_by = reply_by or usual_reply_day(at)
    _require_day(reply_by, at)
    return Offer.objects.create(
        award=award,
        terms=terms.latest_version(award.round),
        conditions=conditions.rstrip(),
        reply_by=reply_by,
    )


@transaction.atomic
def redate(award: Award, *, reply_by: date, by: User, at: datetime) -> Offer:
    """Give the recipient more time to answer, or less, and tell them."""
    require_permission(by, Permission.MANAGE_GRANTS)
    offer = lock_open(award)
    _require_day(reply_by, at)
    if reply_by == offer.reply_by:
        return offer
    offer.reply_by = reply_by
    offer.save(update_fields=["reply_by"])
    events.record(
        FundingEvent.AWARD_OFFER_REDATED,
        offer.award,
        by=by,
        at=at,
        data={"reply_by": reply_by.isoformat()},
    )
    entry = offer_entry(offer.award, reply_by)
    until = format_deadline(reply_by)
    notify_holders("offer_redated", offer.award, at, until=until, **entry.fact())
    return offer


def lock_open(award: Award) -> Offer:
    """Lock the award. Its offer has a date, and nobody has answered it yet."""
    award = lock_row(award, "chain", "lead")
    offer = require_open(award)
    offer.award = award
    return offer


def require_open(award: Award) -> Offer:
    if award.state != AwardState.OFFERED:
        raise TooLate("This offer was already answered or withdrawn.")
    offer = of_award(award)
    if offer is None:
        raise TooLate("This grant was offered without a date to answer by.")
    return offer


def is_overdue(award: Award, today: date) -> bool:
    """Whether the last day to answer the offer has passed without an answer."""
    offer = getattr(award, "offer", None)
    if award.state != AwardState.OFFERED or offer is None:
        return False
    return bool(offer.reply_by < today)


def answer(award: Award, *, by: User, at: datetime) -> dict[str, object]:
    """Record who has accepted or declined the offer, on the locked award. Return what
    the event says of the terms.
    """
    offer = of_award(award)
    if offer is None:
        return {}
    offer.answered_by, offer.answered_at = by, at
    offer.save(update_fields=["answered_by", "answered_at"])
    if offer.terms is None:
        return {}
    return {"terms": offer.terms.key, "version": offer.terms.version}


def of_award(award: Award) -> Offer | None:
    """`None` for an award that was offered before offers had dates and terms."""
    return Offer.objects.select_related("terms").filter(award=award).first()


def _require_day(reply_by: date, at: datetime) -> None:
    today = london_day(at)
    if reply_by <= today:
        raise Invalid.field("reply_by", "Enter a date in the future")
    if reply_by > today + timedelta(days=366):
        raise Invalid.field("reply_by", "Enter a date within a year")
