"""Clarifications: questions to the applicant, and their answers.

Several are asked in one letter, and answered together. Each has a number of its own
within the case, and can be about one answer of the expression.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from bids import policies
from bids.domain import expressions
from bids.domain.recipients import caseworkers, lead_members
from bids.domain.reminders import question_entry
from bids.events import BidsEvent
from bids.models import (
    Clarification,
    ClarificationQuestion,
    Expression,
    Question,
)
from bids.states import EXPRESSION
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core import clock
from innovation.core.errors import Invalid, TooLate
from innovation.core.formatting import format_deadline
from innovation.core.rows import lock_row
from innovation.notifications import letters

MOST_QUESTIONS = 4
"""Asked at once: their texts, and the answers, also have to fit into one."""
LONGEST_WAIT = timedelta(days=366)
"""A later date must be a mistake, such as a wrong year."""


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """`about` is the code of the question of the expression whose answer it is about;
    empty if it is about none.
    """

    text: str
    about: str = ""


@transaction.atomic
def ask(
    expression: Expression,
    *,
    questions: Iterable[NewQuestion],
    due_on: date,
    by: User,
    at: datetime,
) -> Clarification:
    """Ask these questions in one letter. `due_on` is a day in London."""
    expression = expressions.lock(expression)
    policies.require(by, Permission.TRIAGE, expression)
    expression.state = EXPRESSION.next("ask", expression.state)
    asked = [question for question in questions if question.text.strip()]
    if not asked:
        raise Invalid.field("question", "Enter what you need to know")
    if len(asked) > MOST_QUESTIONS:
        raise Invalid.field("question", f"Ask at most {MOST_QUESTIONS} at once")
    _require_codes(expression, [question.about for question in asked])
    _require_day_to_answer(due_on, at)
    expression.save(update_fields=["state"])
    first = 1 + _questions_of(expression).count()
    numbered = dict(enumerate(asked, start=first))
    clarification = Clarification.objects.create(
        expression=expression,
        question=_in_one({number: new.text for number, new in numbered.items()}),
        asked_by=by,
        asked_at=at,
        due_on=due_on,
    )
    ClarificationQuestion.objects.bulk_create(
        ClarificationQuestion(
            clarification=clarification,
            number=number,
            question_code=new.about,
            text=new.text.rstrip(),
        )
        for number, new in numbered.items()
    )
    _record(BidsEvent.EXPRESSION_CLARIFICATION_ASKED, clarification, by=by, at=at)
    facts = question_entry(clarification).fact()
    several = len(numbered) > 1
    _notify(clarification, "asked", at=at, several=several, **facts)
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
def save_drafts(
    clarification: Clarification, *, answers: Mapping[int, str], by: User, at: datetime
) -> None:
    """Keep what was typed, by the number of the question, to be sent later."""
    clarification = lock(clarification)
    policies.require_edit(by, clarification.expression.lead)
    for question in clarification.questions.all():
        typed = answers.get(question.number, question.draft)
        if typed != question.draft:
            question.draft = typed
            question.save(update_fields=["draft"])


@transaction.atomic
def answer(
    clarification: Clarification, *, answers: Mapping[int, str], by: User, at: datetime
) -> Clarification:
    """Answer all questions, by their numbers. Late answers are accepted; the department
    sees that they were late.
    """
    clarification = lock(clarification)
    expression = clarification.expression
    policies.require_edit(by, expression.lead)
    expression.state = EXPRESSION.next("answer", expression.state)
    texts = {
        number: answers.get(number, "").rstrip() for number in numbers_of(clarification)
    }
    problems: dict[str | None, list[str]] = {
        answer_name(number): ["Enter your answer"]
        for number, text in texts.items()
        if not text.strip()
    }
    if problems:
        raise Invalid(problems)
    for question in clarification.questions.all():
        question.answer, question.draft = texts[question.number], ""
        question.save(update_fields=["answer", "draft"])
    clarification.answer = _in_one(texts)
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
    """The open questions, with each of them; there is at most one clarification."""
    EXPRESSION.next("answer", expression.state)
    rows = expression.clarifications.filter(answered_at=None, taken_back_at=None)
    clarification = rows.prefetch_related("questions").first()
    if clarification is None:
        raise TooLate("The question has already been answered or taken back.")
    return clarification


def numbers_of(clarification: Clarification) -> list[int]:
    """The numbers of its questions; of an older one, which has none, 0."""
    return [question.number for question in clarification.questions.all()] or [0]


def answer_name(number: int) -> str:
    """The name of the answer to the question of this number, for what is wrong with it
    and for the field of a form.
    """
    return f"answer_{number}"


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


def _questions_of(expression: Expression) -> QuerySet[ClarificationQuestion]:
    return ClarificationQuestion.objects.filter(clarification__expression=expression)


def _in_one(texts: Mapping[int, str]) -> str:
    """The texts in one, with their numbers if there are several."""
    if len(texts) == 1:
        return next(iter(texts.values())).rstrip()
    return "\n\n".join(f"{number}. {text.rstrip()}" for number, text in texts.items())


def _require_codes(expression: Expression, codes: Iterable[str]) -> None:
    known = {question.code for question in questions_to_ask_about(expression)}
    if unknown := {code for code in codes if code} - known:
        raise Invalid.field(
            "about", f"There is no question “{min(unknown)}” to ask about"
        )


def questions_to_ask_about(expression: Expression) -> Sequence[Question]:
    """The questions of the expression, in their order."""
    if expression.question_set is None:
        return []
    return list(expression.question_set.questions.order_by("position"))


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
