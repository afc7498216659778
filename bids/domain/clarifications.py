"""Clarifications: questions to the applicant, and their answers."""

from datetime import date, datetime, timedelta

from django.db import transaction

from bids import policies
from bids.domain import expressions
from bids.domain.recipients import caseworkers, lead_members
from bids.domain.reminders import question_entry
from bids.events import BidsEvent
from bids.models import Clarification, Expression
from bids.states import EXPRESSION
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core import clock
from innovation.core.errors import Invalid, TooLate
from innovation.core.formatting import format_deadline
from innovation.core.rows import lock_row
from innovation.notifications import letters

LONGEST_WAIT = timedelta(days=366)
"""A later date must be a mistake, such as a wrong year."""


@transaction.atomic
def ask(
    expression: Expression, *, question: str, due_on: date, by: User, at: datetime
) -> Clarification:
    """Ask a question. `due_on` is a day in London."""
    expression = expressions.lock(expression)
    policies.require(by, Permission.TRIAGE, expression)
    expression.state = EXPRESSION.next("ask", expression.state)
    if not question.strip():
        raise Invalid.field("question", "Enter what you need to know")
    _require_day_to_answer(due_on, at)
    expression.save(update_fields=["state"])
    clarification = Clarification.objects.create(
        expression=expression,
        question=question.rstrip(),
        asked_by=by,
        asked_at=at,
        due_on=due_on,
    )
    _record(BidsEvent.EXPRESSION_CLARIFICATION_ASKED, clarification, by=by, at=at)
    _notify(clarification, "asked", at=at, **question_entry(clarification).fact())
    return clarification


@transaction.atomic
def redate(
    clarification: Clarification, *, due_on: date, by: User, at: datetime
) -> Clarification:
    """Give the applicant more time, or less."""
    clarification = lock(clarification)
    policies.require(by, Permission.TRIAGE, clarification.expression)
    EXPRESSION.next("answer", clarification.expression.state)
    if due_on == clarification.due_on:
        raise Invalid.field("due_on", "Enter a date other than the one they have")
    _require_day_to_answer(due_on, at)
    clarification.due_on = due_on
    clarification.save(update_fields=["due_on"])
    _record(
        BidsEvent.EXPRESSION_CLARIFICATION_REDATED,
        clarification,
        by=by,
        at=at,
        due_on=due_on.isoformat(),
    )
    _notify(clarification, "redated", at=at, **question_entry(clarification).fact())
    return clarification


@transaction.atomic
def take_back(clarification: Clarification, *, by: User, at: datetime) -> Clarification:
    """Take the question back, because the department needs no answer."""
    clarification = lock(clarification)
    expression = clarification.expression
    policies.require(by, Permission.TRIAGE, expression)
    expression.state = EXPRESSION.next("take_back", expression.state)
    expression.save(update_fields=["state"])
    clarification.taken_back_by, clarification.taken_back_at = by, at
    clarification.save(update_fields=["taken_back_by", "taken_back_at"])
    _record(BidsEvent.EXPRESSION_CLARIFICATION_TAKEN_BACK, clarification, by=by, at=at)
    _notify(clarification, "taken_back", at=at)
    return clarification


@transaction.atomic
def answer(
    clarification: Clarification, *, answer: str, by: User, at: datetime
) -> Clarification:
    """Answer. A late answer is accepted; the department sees that it was late."""
    clarification = lock(clarification)
    expression = clarification.expression
    policies.require_edit(by, expression.lead)
    expression.state = EXPRESSION.next("answer", expression.state)
    if not answer.strip():
        raise Invalid.field("answer", "Enter your answer")
    clarification.answer = answer.rstrip()
    clarification.answered_by, clarification.answered_at = by, at
    clarification.save(update_fields=["answer", "answered_by", "answered_at"])
    expression.save(update_fields=["state"])
    _record(BidsEvent.EXPRESSION_CLARIFICATION_ANSWERED, clarification, by=by, at=at)
    letters.queue(
        "clarification_answered",
        to=caseworkers(expression),
        chain=expression.chain,
        subject=expression.key,
        at=at,
        facts={"title": expression.title},
    )
    return clarification


def open_clarification(expression: Expression) -> Clarification:
    """The open question; there is at most one."""
    EXPRESSION.next("answer", expression.state)
    rows = expression.clarifications.filter(answered_at=None, taken_back_at=None)
    clarification = rows.first()
    if clarification is None:
        raise TooLate("The question has already been answered or taken back.")
    return clarification


def lock(clarification: Clarification) -> Clarification:
    """Lock it, and its expression first. Raise an error if it is no longer open."""
    expression = expressions.lock(clarification.expression)
    locked = lock_row(clarification)
    locked.expression = expression
    if locked.answered_at is not None:
        raise TooLate("This question was already answered.")
    if locked.taken_back_at is not None:
        raise TooLate("This question was taken back: no answer is needed.")
    return locked


def _require_day_to_answer(due_on: date, at: datetime) -> None:
    today = clock.london_day(at)
    if due_on < today:
        raise Invalid.field("due_on", "Enter a date that is not in the past")
    if due_on > today + LONGEST_WAIT:
        raise Invalid.field("due_on", "Enter a date within the next 12 months")


def _record(
    event: BidsEvent,
    clarification: Clarification,
    *,
    by: User,
    at: datetime,
    **details: str,
) -> None:
    data = {"clarification": clarification.key, **details}
    events.record(event, clarification.expression, by=by, at=at, data=data)


def _notify(
    clarification: Clarification, kind: str, *, at: datetime, **more: object
) -> None:
    """Write to the applicant, with the question in the letter."""
    expression = clarification.expression
    letters.queue(
        f"clarification_{kind}",
        to=lead_members(expression),
        chain=expression.chain,
        subject=expression.key,
        at=at,
        facts={
            "title": expression.title,
            "question": clarification.question,
            "due_on": format_deadline(clarification.due_on),
            **more,
        },
    )
