"""The cards of a user’s own expressions of interest and bids."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from bids.grant_links import grant_links
from bids.models import Bid, Expression, SignatureRequestState
from bids.states import BidState, ExpressionState
from innovation.accounts.models import User
from innovation.audit.presenters import Audience, stage_tag
from innovation.core.clock import end_of_day
from innovation.core.formatting import format_date, format_deadline
from innovation.core.money import Money
from innovation.web.cards import NOTHING_TO_DO, Card, Task

SIGN = "Sign it off, or say why you do not"
NO_DEADLINE = "There is no deadline"


def cards(rows: Iterable[Expression], reader: User, at: datetime) -> list[Card]:
    """`rows` are those of `domain.queries.own_cases`."""
    cases = list(rows)
    approved = [
        bid.pk
        for case in cases
        if (bid := bid_of(case)) and bid.state == BidState.APPROVED
    ]
    links = grant_links(reader, approved)
    return [_card(case, bid_of(case), links, at) for case in cases]


def bid_of(case: Expression) -> Bid | None:
    return getattr(case, "bid", None)


def _card(
    case: Expression, bid: Bid | None, links: dict[int, Task], at: datetime
) -> Card:
    task = _bid_task(case, bid, links) if bid else _expression_task(case, at)
    has_closed = _has_closed(case, at)
    is_for_reader = case.may_edit or (bid is not None and bid.pk in links)
    if task is None:
        note = _note(case, bid, has_closed)
    else:
        note = "" if is_for_reader else _note_for_viewer(task)
    return Card(
        title=(bid or case).title,
        href=_address(case, bid),
        tag=stage_tag(case.chain.stage, Audience.APPLICANT),
        about=f"{(bid or case).key}, {case.lead.name}, {case.round.name}",
        amount=_amount(bid.asked if bid else case.asked),
        tasks=[task] if task and is_for_reader else [],
        note=note,
        is_over=has_closed,
    )


def _address(case: Expression, bid: Bid | None) -> str:
    if bid:
        return reverse("bids:own-bid", args=[bid.key])
    return reverse("bids:expression", args=[case.key])


def _amount(amount: Money | None) -> str:
    return str(amount) if amount else ""


def _has_closed(case: Expression, at: datetime) -> bool:
    """Whether it is a draft that can no longer be sent."""
    is_draft = case.state == ExpressionState.DRAFT
    return is_draft and case.closes_for_lead is not None and at > case.closes_for_lead


def _expression_task(case: Expression, at: datetime) -> Task | None:
    if case.state == ExpressionState.CLARIFICATION:
        due_at = end_of_day(case.question_due_on) if case.question_due_on else None
        return Task(
            words="Answer our question",
            href=reverse("bids:expression-answer", args=[case.key]),
            due_at=due_at,
            is_overdue=due_at is not None and due_at < at,
        )
    is_writable = case.may_edit or not case.provisional
    if (
        case.state == ExpressionState.DRAFT
        and is_writable
        and not _has_closed(case, at)
    ):
        sign_off = _sign_off_words(case)
        return Task(
            words=sign_off or _draft_words(case),
            href=reverse("bids:expression-sign-off", args=[case.key])
            if sign_off
            else "",
            due_at=case.closes_for_lead,
            when=f"{NO_DEADLINE}: the round stays open",
        )
    return None


def _draft_words(case: Expression) -> str:
    if case.provisional:
        return (
            "Finish it. You can send it once somebody has confirmed that you work for "
            f"{case.lead.name}"
        )
    return "Finish it and send it"


def _sign_off_words(case: Expression) -> str:
    """What to do about its sign-off; empty if nobody was asked to sign it."""
    if case.is_asked_to_sign:
        return SIGN
    if case.is_signed:
        return "Send it, now that it is signed off"
    return _REQUEST_TASKS.get(case.signature_request or "", "")


def _bid_task(case: Expression, bid: Bid, links: dict[int, Task]) -> Task | None:
    words = _BID_TASKS.get(bid.state)
    if words is None:
        return links.get(bid.pk)
    # A bid that was returned is still signed as it was sent.
    is_returned = case.is_signed and bid.state == BidState.RETURNED
    sign_off = "" if is_returned else _sign_off_words(case)
    return Task(
        words=sign_off or words,
        href=reverse("bids:own-bid-sign-off", args=[bid.key]) if sign_off else "",
        when=NO_DEADLINE,
    )


def _note_for_viewer(task: Task) -> str:
    until = f" by {format_deadline(task.due_at)}" if task.due_at else ""
    return f"Your colleagues who can edit it have to do this{until}: {task.clause}."


def _note(case: Expression, bid: Bid | None, has_closed: bool) -> str:
    if has_closed:
        return (
            f"The round closed at {format_deadline(case.closes_for_lead)}, so you can "
            "no longer send this. Open it to see what you can do."
        )
    if case.state == ExpressionState.DRAFT:
        return (
            f"You have no open request to join {case.lead.name}, so you cannot change "
            "or send this."
        )
    if bid:
        return _BID_NOTES.get(bid.state, f"We are considering it. {NOTHING_TO_DO}")
    if case.state == ExpressionState.SUBMITTED:
        replies_by = case.round.replies_by
        until = (
            f"You will hear from us by {format_date(replies_by)}. "
            if replies_by
            else ""
        )
        return f"We are reading it. {until}{NOTHING_TO_DO}"
    return _EXPRESSION_NOTES[case.state]


_REQUEST_TASKS: Mapping[str, str] = {
    SignatureRequestState.WAITING: "Send it when somebody has signed it off",
    SignatureRequestState.DECLINED: "Read why it was not signed off, and ask again",
}
_BID_TASKS: Mapping[str, str] = {
    BidState.IN_DEVELOPMENT: "Complete your bid and send it",
    BidState.RETURNED: "Change your bid and send it again",
}
_EXPRESSION_NOTES: Mapping[str, str] = {
    ExpressionState.TAKEN_FORWARD: "We are taking it forward.",
    ExpressionState.DECLINED: "We did not take it forward. You can read our feedback.",
    ExpressionState.WITHDRAWN: "You withdrew it.",
    ExpressionState.MERGED: f"We joined it with a similar one. {NOTHING_TO_DO}",
    ExpressionState.RETRACTED: f"It was imported by mistake. {NOTHING_TO_DO}",
}
_BID_NOTES: Mapping[str, str] = {
    BidState.APPROVED: "We will write to you with the offer of a grant.",
    BidState.DECLINED: "It was not approved. You can read our feedback.",
    BidState.WITHDRAWN: "You withdrew it.",
}
