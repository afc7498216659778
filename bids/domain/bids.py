"""The steps of a bid, from its creation to the minister's decision.

`list_for_board`, `defer`, `recommend`, `approve` and `decline` change the bid's state
and record an event. The app `funding` calls them in its own transaction, in which it
saves the agenda, the advice or the decision, and queues the letters.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import answers as answers_
from bids.domain import applications, completeness, programmes, rounds, signatures
from bids.domain import feedback as feedback_
from bids.domain.recipients import lead_members
from bids.events import BidsEvent
from bids.models import (
    Barrier,
    Bid,
    BidMoney,
    CaseDocument,
    Expression,
    Outcome,
    Question,
    Return,
    SupportNeed,
)
from bids.models.application import COLLECTIONS, REFERENCES
from bids.models.question_type import QuestionType
from bids.models.round import Route
from bids.states import BID, BidState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.events import TallyChange
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.rows import lock_row
from innovation.notifications import letters
from innovation.organisations.domain import organisation_additions

Facts = Mapping[str, object] | None
WRITABLE = (BidState.IN_DEVELOPMENT, BidState.RETURNED)
_BEFORE_ADVICE = (*WRITABLE, BidState.SUBMITTED, BidState.ASSESSED, BidState.AT_BOARD)
_COPIED_COLUMNS = ("title", "summary", "strand", "maturity", "idea_type")


def open_from(expression: Expression, *, by: User, at: datetime) -> Bid:
    """Create the bid, in the transaction that takes the locked expression forward.

    A seed grant has no second form and no Board: its bid goes straight to the approver,
    as submitted when the expression was.
    """
    seed = expression.round.route == Route.SEED
    bid = Bid(
        chain=expression.chain,
        expression=expression,
        round=expression.round,
        question_set=None
        if seed
        else rounds.published_question_set(expression.round, "bid"),
        lead=expression.lead,
        state=BidState.WITH_MINISTER if seed else BidState.IN_DEVELOPMENT,
        opened_at=at,
        expression_submitted_at=expression.submitted_at or at,
        submitted_by=expression.submitted_by if seed else None,
        submitted_at=expression.submitted_at if seed else None,
        demonstration=expression.demonstration,
        **{name: getattr(expression, name) for name in _COPIED_COLUMNS},
    )
    bid.asked = expression.money.total() or None
    bid.save()
    _copy_facts(expression, bid, at)
    events.record(
        BidsEvent.BID_OPENED,
        bid,
        by=by,
        at=at,
        data={"expression": expression.key},
        tally=None if seed else _development_tally(bid, 1),
    )
    return bid


def _copy_facts(expression: Expression, bid: Bid, at: datetime) -> None:
    for name in COLLECTIONS:
        getattr(bid, name).add(*getattr(expression, name).all())
    BidMoney.objects.bulk_create(
        BidMoney(bid=bid, financial_year=row.financial_year, amount=row.amount)
        for row in expression.money.all()
    )
    Outcome.objects.bulk_create(
        Outcome(bid=bid, description=row.description, measure=row.measure)
        for row in expression.outcomes.all()
    )
    SupportNeed.objects.bulk_create(
        SupportNeed(
            bid=bid,
            carries_on=row,
            position=row.position,
            kind=row.kind,
            detail=row.detail,
        )
        for row in expression.support.all()
    )
    Barrier.objects.bulk_create(
        Barrier(
            bid=bid,
            carries_on=row,
            position=row.position,
            law_or_rule=row.law_or_rule,
            what_it_stops=row.what_it_stops,
        )
        for row in expression.barriers.all()
    )
    answers_.copy(expression, bid, at=at)
    _copy_documents(expression, bid)


def _copy_documents(expression: Expression, bid: Bid) -> None:
    """Copy the files of the questions that the bid asks too."""
    questions = (
        bid.question_set.questions if bid.question_set else Question.objects.none()
    )
    codes = questions.filter(kind=QuestionType.UPLOAD).values("code")
    CaseDocument.objects.bulk_create(
        CaseDocument(bid=bid, code=row.code, document=row.document)
        for row in expression.documents.filter(
            removed_at=None, code__in=codes
        ).select_related("document")
    )


@transaction.atomic
def save(
    bid: Bid,
    *,
    by: User,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    answers: Mapping[str, object] | None = None,
) -> Bid:
    """Save a part of a bid: by its applicant, or by an official or coach with them."""
    bid = lock(bid)
    require_writer(bid, by)
    require_writable(bid)
    changed = applications.change(bid, facts or {})
    changed += answers_.save(bid, answers or {}, at=at)
    if changed:
        signatures.end(bid, by=by, at=at)
        events.record(BidsEvent.BID_SAVED, bid, by=by, at=at, data={"changed": changed})
    return bid


@transaction.atomic
def submit(bid: Bid, *, by: User, at: datetime) -> Bid:
    """Submit. Raise `Invalid` for every field that is not ready, or if nobody has
    signed.
    """
    bid = lock(bid, *REFERENCES)
    policies.require_edit(by, bid.lead)
    target = BID.next("submit", bid.state)
    problems = completeness.problems(bid, at)
    if problems:
        raise Invalid(problems)
    # Before any event of the case: an official who merges has the partner locked first.
    organisation_additions.name_in_case(bid.partners.all(), by=by, at=at)
    signature = signatures.require(bid, by=by, at=at)
    bid.state, bid.submitted_at, bid.submitted_by = target, at, by
    bid.save(update_fields=["state", "submitted_at", "submitted_by"])
    signed = {"signature": signature.key, "signed_by": signature.signed_by.key}
    events.record(BidsEvent.BID_SUBMITTED, bid, by=by, at=at, data=signed)
    _notify(bid, "bid_received", at=at)
    return bid


@transaction.atomic
def send_back(bid: Bid, *, reason: str, by: User, at: datetime) -> Bid:
    """Return the bid to the applicant, who can change it and send it again."""
    bid = lock(bid)
    policies.require(by, Permission.DEVELOP, bid.expression)
    bid.state = BID.next("return", bid.state)
    if not reason.strip():
        raise Invalid.field("reason", "Enter what the bid still needs")
    bid.save(update_fields=["state"])
    Return.objects.create(
        bid=bid, reason=reason.rstrip(), returned_by=by, returned_at=at
    )
    events.record(BidsEvent.BID_RETURNED, bid, by=by, at=at)
    _notify(bid, "bid_returned", at=at, reason=reason.rstrip())
    return bid


@transaction.atomic
def withdraw(bid: Bid, *, by: User, at: datetime, because: str = "") -> Bid:
    bid = lock(bid)
    signatures.require_to_withdraw(bid, by)
    before, bid.state = bid.state, BID.next("withdraw", bid.state)
    bid.withdrawn_because = because.rstrip()
    bid.save(update_fields=["state", "withdrawn_because"])
    signatures.close_requests(bid, at=at)
    is_counted = bid.round.route != Route.SEED and before in _BEFORE_ADVICE
    tally = _development_tally(bid, -1) if is_counted else None
    events.record(BidsEvent.BID_WITHDRAWN, bid, by=by, at=at, tally=tally)
    return bid


def list_for_board(bid: Bid, *, by: User, at: datetime, data: Facts = None) -> Bid:
    return _by_board("list", BidsEvent.BID_LISTED, bid, by, at, data)


def defer(bid: Bid, *, by: User, at: datetime, data: Facts = None) -> Bid:
    """Take the bid off this agenda. It can be listed for a later meeting."""
    return _by_board("defer", BidsEvent.BID_DEFERRED, bid, by, at, data)


def recommend(bid: Bid, *, by: User, at: datetime, data: Facts = None) -> Bid:
    """Pass the bid to the minister. It no longer counts as worked up for the Board."""
    tally = _development_tally(bid, -1)
    return _by_board(
        "recommend", BidsEvent.BID_RECOMMENDED, bid, by, at, data, tally=tally
    )


def _development_tally(bid: Bid, change: int) -> TallyChange:
    """Those that are worked up for the Investment Board."""
    return programmes.tally_of(bid.round, {"bids_in_development": change})


@transaction.atomic
def approve(bid: Bid, *, by: User, at: datetime, data: Facts = None) -> Bid:
    bid = lock(bid)
    _require_decider(bid, by)
    return _move(bid, "approve", BidsEvent.BID_APPROVED, by=by, at=at, data=data)


@transaction.atomic
def decline(
    bid: Bid,
    *,
    feedback: Mapping[int, str],
    by: User,
    at: datetime,
    data: Facts = None,
) -> Bid:
    """Decline. `feedback` has a text for every criterion of the round, by its id."""
    bid = lock(bid)
    _require_decider(bid, by)
    bid.state = BID.next("decline", bid.state)
    bid.save(update_fields=["state"])
    feedback_.give(bid, feedback)
    events.record(BidsEvent.BID_DECLINED, bid, by=by, at=at, data=data)
    return bid


def require_writer(bid: Bid, user: User) -> None:
    if not policies.may(user, Permission.DEVELOP, bid.expression):
        policies.require_edit(user, bid.lead)


def require_writable(bid: Bid) -> None:
    if bid.state not in WRITABLE:
        raise TooLate("This bid was sent and can’t be changed unless it is returned.")


def lock(bid: Bid, *related: str) -> Bid:
    return lock_row(bid, "chain", "round", "lead", "expression", *related)


@transaction.atomic
def _by_board(
    verb: str,
    event: BidsEvent,
    bid: Bid,
    by: User,
    at: datetime,
    data: Facts,
    tally: TallyChange | None = None,
) -> Bid:
    bid = lock(bid)
    require_permission(by, Permission.RUN_BOARD)
    return _move(bid, verb, event, by=by, at=at, data=data, tally=tally)


def _move(
    bid: Bid,
    verb: str,
    event: BidsEvent,
    *,
    by: User,
    at: datetime,
    data: Facts,
    tally: TallyChange | None = None,
) -> Bid:
    bid.state = BID.next(verb, bid.state)
    bid.save(update_fields=["state"])
    events.record(event, bid, by=by, at=at, data=data, tally=tally)
    return bid


def _require_decider(bid: Bid, by: User) -> None:
    """A seed grant needs two people: whoever took it forward cannot approve it."""
    if bid.round.route != Route.SEED:
        require_permission(by, Permission.DECIDE)
        return
    require_permission(by, Permission.DECIDE_SEED)
    if Event.objects.filter(
        chain=bid.chain, name=BidsEvent.EXPRESSION_TAKEN_FORWARD, actor=by.key
    ).exists():
        raise NotAllowed("Somebody else must decide: you took this idea forward.")


def _notify(bid: Bid, kind: str, *, at: datetime, **facts: str) -> None:
    letters.queue(
        kind,
        to=lead_members(bid),
        chain=bid.chain,
        subject=bid.key,
        at=at,
        facts={"title": bid.title, **facts},
    )
