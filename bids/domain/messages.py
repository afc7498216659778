"""Messages between the applicant and the department about a case (an expression and its
bid).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, Subquery

from bids import policies
from bids.domain import expressions
from bids.domain.recipients import caseworkers, lead_members
from bids.events import BidsEvent
from bids.models import Expression, Message
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core import limits
from innovation.core.errors import Invalid, TooLate
from innovation.notifications import letters

MAX_LENGTH = limits.MESSAGE
NOTHING_TO_ANSWER = "There are no messages to answer."


@transaction.atomic
def send(
    expression: Expression,
    *,
    text: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Message:
    """Send a message to the other side. It answers their messages up to the one with
    the key `seen`; later ones stay unanswered. Without `seen` it answers all.
    """
    expression = expressions.lock(expression)
    from_department = is_department_side(by, expression)
    if not text.strip() or len(text) > MAX_LENGTH:
        raise Invalid.field(
            "text", f"Enter a message of up to {MAX_LENGTH:,} characters"
        )
    unanswered = unanswered_messages(from_department, expression, seen)
    unanswered.update(settled_by=by, settled_at=at)
    message = Message.objects.create(
        expression=expression,
        from_department=from_department,
        text=text.rstrip(),
        written_by=by,
        written_at=at,
    )
    data = {"message": message.key}
    events.record(
        BidsEvent.EXPRESSION_MESSAGE_SENT, expression, by=by, at=at, data=data, stage=""
    )
    kind = "message_to_applicant" if from_department else "message_to_department"
    letters.queue(
        kind,
        to=lead_members(expression) if from_department else caseworkers(expression),
        chain=expression.chain,
        subject=expression.key,
        at=at,
        facts={"title": expression.title},
    )
    return message


@transaction.atomic
def settle(
    expression: Expression, *, by: User, at: datetime, seen: str | None = None
) -> Expression:
    """Mark the other side's messages, up to `seen`, as needing no answer."""
    expression = expressions.lock(expression)
    department = is_department_side(by, expression)
    unanswered = unanswered_messages(department, expression, seen)
    if not unanswered.update(settled_by=by, settled_at=at):
        raise TooLate(NOTHING_TO_ANSWER)
    events.record(
        BidsEvent.EXPRESSION_MESSAGES_SETTLED, expression, by=by, at=at, stage=""
    )
    return expression


def is_department_side(user: User, expression: Expression) -> bool:
    """Whether the user writes for the department. Refuse users of neither side.

    A member of the lead organisation never writes for the department.
    """
    is_applicant = policies.is_member_of(user, expression.lead)
    if is_applicant:
        policies.require_edit(user, expression.lead)
    else:
        policies.require(user, Permission.DEVELOP, expression)
    if expression.submitted_at is None:
        raise TooLate("Nobody else can read a draft: send it first.")
    return not is_applicant


def unanswered_messages(
    department: bool, expression: Expression, seen: str | None = None
) -> QuerySet[Message]:
    """The other side's messages, up to `seen`, that were not answered or settled."""
    received = expression.messages.filter(from_department=not department)
    if seen is not None:
        # Messages are written under the expression's lock, so their ids ascend.
        last = expression.messages.filter(key=seen).values("pk")
        received = received.filter(pk__lte=Subquery(last))
    return received.filter(settled_at=None)


def require_unanswered(expression: Expression, user: User) -> None:
    if not unanswered_messages(
        is_department_side(user, expression), expression
    ).exists():
        raise TooLate(NOTHING_TO_ANSWER)
