"""A question to the applicant, and what comes back."""

from datetime import date, datetime

from django.db import transaction

from bids import policies
from bids.domain import expressions
from bids.domain.readers import readers, working_on
from bids.models import Clarification, Expression
from bids.states import EXPRESSION
from innovation.accounts.models import User
from innovation.accounts.roles import Verb
from innovation.audit import events
from innovation.core import clock
from innovation.core.errors import Invalid, TooLate
from innovation.notifications import letters


@transaction.atomic
def ask(
    expression: Expression, *, question: str, due_on: date, by: User, at: datetime
) -> Clarification:
    """The ball is the applicant's until they answer; `due_on` is a London day."""
    expression = expressions.lock(expression)
    policies.require(by, Verb.TRIAGE, expression)
    expression.state = EXPRESSION.next("ask", expression.state)
    if not question.strip():
        raise Invalid.field("question", "Enter what you need to know")
    if due_on < clock.london_day(at):
        raise Invalid.field("due_on", "Enter a date that is not in the past")
    expression.save(update_fields=["state"])
    clarification = Clarification.objects.create(
        expression=expression,
        question=question.strip(),
        asked_by=by,
        asked_at=at,
        due_on=due_on,
    )
    _record(clarification, "clarification_asked", by=by, at=at)
    letters.put(
        "clarification_asked",
        to=readers(expression),
        chain=expression.chain,
        subject=expression.key,
        at=at,
        facts={
            "title": expression.title,
            "question": clarification.question,
            "due_on": due_on.isoformat(),
        },
    )
    return clarification


@transaction.atomic
def answer(
    clarification: Clarification, *, answer: str, by: User, at: datetime
) -> Clarification:
    """A late answer is still an answer: the department sees that it came late."""
    expression = expressions.lock(clarification.expression)
    policies.require_edit(by, expression.lead)
    clarification = Clarification.objects.select_for_update().get(pk=clarification.pk)
    if clarification.answered_at is not None:
        raise TooLate("This question was already answered.")
    expression.state = EXPRESSION.next("answer", expression.state)
    if not answer.strip():
        raise Invalid.field("answer", "Enter your answer")
    clarification.answer = answer.strip()
    clarification.answered_by, clarification.answered_at = by, at
    clarification.save(update_fields=["answer", "answered_by", "answered_at"])
    expression.save(update_fields=["state"])
    clarification.expression = expression
    _record(clarification, "clarification_answered", by=by, at=at)
    letters.put(
        "clarification_answered",
        to=working_on(expression),
        chain=expression.chain,
        subject=expression.key,
        at=at,
        facts={"title": expression.title},
    )
    return clarification


def _record(clarification: Clarification, done: str, *, by: User, at: datetime) -> None:
    expression = clarification.expression
    events.record(
        expression.chain,
        f"expression.{done}",
        subject=expression.key,
        by=by,
        at=at,
        data={"clarification": clarification.key},
        stage=f"expression.{expression.state}",
    )
