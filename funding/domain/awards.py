"""The steps of a grant, from the offer to its end."""

from datetime import date, datetime

from django.db import transaction

from bids.domain import due_diligence
from bids.models import Bid
from bids.models.application import COLLECTIONS
from bids.states import BidState
from funding.domain import announcements, ledger, offers, payments
from funding.domain.award_support import (
    bid_of,
    notify_authorisers_and_colleagues,
    notify_holders,
)
from funding.domain.reminders import offer_entry
from funding.events import FundingEvent
from funding.models import Award, AwardReason, AwardYear
from funding.models.award import DatePrecision, ReasonKind
from funding.models.ledger import MoneyStatus, Precision
from funding.policies import (
    refuse_own_organisations,
    require_authoriser,
)
from funding.states import AWARD, AwardState, PaymentState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, TooLate
from innovation.core.formatting import format_deadline
from innovation.core.money import Money
from innovation.core.rows import lock_row


@transaction.atomic
def offer(
    bid: Bid,
    *,
    by: User,
    at: datetime,
    reply_by: date | None = None,
    conditions: str = "",
) -> Award:
    """Offer the recipient the approved amounts, with the facts of their bid. They have
    four weeks to answer, unless `reply_by` is another day.
    """
    require_permission(by, Permission.MANAGE_GRANTS)
    bid = lock_row(bid)
    if bid.state != BidState.APPROVED:
        raise TooLate("Only an approved bid can be offered a grant.")
    if Award.objects.filter(bid=bid).exists():
        raise TooLate("This bid’s grant was already offered.")
    refuse_own_organisations(by, bid, "make the offer")
    due_diligence.require_satisfactory(bid)
    amounts = ledger.totals(bid, MoneyStatus.APPROVED)
    award = Award.objects.create(
        chain=bid.chain,
        bid=bid,
        round=bid.round,
        title=bid.title,
        summary=bid.summary,
        lead=bid.lead,
        focus_area=bid.strand.name if bid.strand else "",
        idea_type=bid.idea_type,
        state=AwardState.OFFERED,
        amount=ledger.sum_amounts(amounts),
        amount_precision=Precision.EXACT,
        dated_on=london_day(at),
        date_precision=DatePrecision.DAY,
        date_kind="offered",
        demonstration=bid.demonstration,
    )
    for name in COLLECTIONS:
        getattr(award, name).add(*getattr(bid, name).all())
    AwardYear.objects.create_years(amounts, award=award)
    made = offers.make(award, reply_by=reply_by, conditions=conditions, at=at)
    events.record(
        FundingEvent.AWARD_OFFERED,
        award,
        by=by,
        at=at,
        data={
            "amounts": ledger.pence_by_year(amounts),
            "reply_by": made.reply_by.isoformat(),
        },
    )
    notify_authorisers_and_colleagues(
        "award_offered",
        "award_offered_to_colleagues",
        award,
        at,
        until=format_deadline(made.reply_by),
        **offer_entry(award, made.reply_by).fact(),
    )
    return award


@transaction.atomic
def accept(award: Award, *, by: User, at: datetime) -> Award:
    """The recipient accepts the offer and its terms; the amounts are now agreed."""
    award = _answer(award, "accept", by)
    accepted_terms = offers.answer(award, by=by, at=at)
    bid = bid_of(award)
    ledger.write(
        bid,
        status=MoneyStatus.AGREED,
        amounts=award.years.by_year(),
        envelopes=ledger.charged_envelopes(bid),
        source=f"award {award.key} accepted",
        at=at,
        award=award,
    )
    events.record(FundingEvent.AWARD_ACCEPTED, award, by=by, at=at, data=accepted_terms)
    notify_holders("award_accepted", award, at)
    return award


@transaction.atomic
def decline(award: Award, *, reason: str, by: User, at: datetime) -> Award:
    """The recipient declines. The money goes back to its envelopes."""
    award = _answer(award, "decline", by)
    offers.answer(award, by=by, at=at)
    _give_reason(award, ReasonKind.DECLINED, reason, by, at)
    _return_unpaid(award, at)
    events.record(FundingEvent.AWARD_DECLINED, award, by=by, at=at)
    return award


@transaction.atomic
def withdraw(award: Award, *, reason: str, by: User, at: datetime) -> Award:
    """Withdraw an unanswered offer. The money goes back to its envelopes."""
    award = _manage(award, "withdraw", by)
    _give_reason(award, ReasonKind.WITHDRAWN, reason, by, at)
    _return_unpaid(award, at)
    events.record(FundingEvent.AWARD_WITHDRAWN, award, by=by, at=at)
    notify_holders("award_withdrawn", award, at, reason=reason)
    return award


@transaction.atomic
def start(award: Award, *, by: User, at: datetime) -> Award:
    """Start the grant, so that payments can be requested."""
    award = _manage(award, "start", by)
    events.record(FundingEvent.AWARD_STARTED, award, by=by, at=at)
    notify_holders("award_started", award, at)
    return award


@transaction.atomic
def suspend(award: Award, *, reason: str, by: User, at: datetime) -> Award:
    """Suspend the grant: nothing is paid until it is resumed."""
    award = _manage(award, "suspend", by)
    _give_reason(award, ReasonKind.SUSPENDED, reason, by, at)
    events.record(FundingEvent.AWARD_SUSPENDED, award, by=by, at=at)
    notify_holders("award_suspended", award, at, reason=reason)
    return award


@transaction.atomic
def resume(award: Award, *, by: User, at: datetime) -> Award:
    award = _manage(award, "resume", by)
    events.record(FundingEvent.AWARD_RESUMED, award, by=by, at=at)
    notify_holders("award_resumed", award, at)
    return award


@transaction.atomic
def wind_down(award: Award, *, by: User, at: datetime) -> Award:
    """Start the last phase of the grant, with the last payments and reports."""
    award = _manage(award, "wind_down", by)
    events.record(FundingEvent.AWARD_WIND_DOWN_STARTED, award, by=by, at=at)
    return award


@transaction.atomic
def close(award: Award, *, lessons: str, by: User, at: datetime) -> Award:
    """Close the grant, with lessons. No payment may be outstanding."""
    award = _manage(award, "close", by)
    if award.payments.filter(state=PaymentState.REQUESTED).exists():
        raise TooLate("A payment is waiting for finance: settle it before closing.")
    _give_reason(award, ReasonKind.LESSON, lessons, by, at)
    _return_unpaid(award, at)
    events.record(FundingEvent.AWARD_CLOSED, award, by=by, at=at)
    return award


@transaction.atomic
def terminate(
    award: Award, *, reason: str, lessons: str, by: User, at: datetime
) -> Award:
    """End the grant early, with lessons. The unpaid money goes back, requested payments
    are refused, and a future announcement is called off.
    """
    award = _manage(award, "terminate", by)
    _give_reason(award, ReasonKind.TERMINATED, reason, by, at)
    if lessons.strip():
        _give_reason(award, ReasonKind.LESSON, lessons, by, at)
    _return_unpaid(award, at)
    events.record(FundingEvent.AWARD_TERMINATED, award, by=by, at=at)
    payments.refuse_requested(award, reason=reason, by=by, at=at)
    if announcements.is_upcoming(award, at):
        announcements.withdraw(award, by=by, at=at)
    notify_holders("award_terminated", award, at, reason=reason)
    return award


def _manage(award: Award, verb: str, by: User) -> Award:
    require_permission(by, Permission.MANAGE_GRANTS)
    return _move(award, verb)


def _answer(award: Award, verb: str, by: User) -> Award:
    """Answer the offer, by a user who may sign for the recipient."""
    award = lock_row(award)
    require_authoriser(by, award)
    return _move(award, verb)


def _move(award: Award, verb: str) -> Award:
    award = lock_row(award)
    award.state = AWARD.next(verb, award.state)
    award.save(update_fields=["state"])
    return award


def _give_reason(
    award: Award, kind: ReasonKind, text: str, by: User, at: datetime
) -> None:
    if not text.strip():
        field = "lessons" if kind == ReasonKind.LESSON else "reason"
        raise Invalid.field(field, f"Enter {kind.label.lower()}")
    AwardReason.objects.create(
        award=award, kind=kind, text=text, given_by=by, given_at=at
    )


def _return_unpaid(award: Award, at: datetime) -> None:
    """Give back to each year's envelope what was approved and will not be paid.
    Recovered money has already been given back.
    """
    bid = bid_of(award)
    paid = ledger.totals(bid, MoneyStatus.PAID)
    recovered = ledger.totals(bid, MoneyStatus.RECOVERED)
    none = Money(0)
    unpaid = {
        year: paid.get(year, none) - recovered.get(year, none) - amount
        for year, amount in ledger.totals(bid, MoneyStatus.APPROVED).items()
    }
    ledger.write(
        bid,
        status=MoneyStatus.APPROVED,
        amounts=unpaid,
        envelopes=ledger.charged_envelopes(bid),
        source=f"award {award.key} {award.state}",
        at=at,
        award=award,
    )
