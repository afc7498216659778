"""Notes that officials write about a case, for each other."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from bids import policies
from bids.domain import expressions
from bids.events import BidsEvent
from bids.models import Expression, Note
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core import limits
from innovation.core.errors import Invalid, TooLate


@transaction.atomic
def add(expression: Expression, *, text: str, by: User, at: datetime) -> Note:
    """Add a note to the case. The event says that there is one, not what it says."""
    expression = expressions.lock(expression)
    policies.require(by, Permission.TRIAGE, expression)
    if expression.submitted_at is None:
        raise TooLate("This is still a draft, which only its applicant can see.")
    if not text.strip() or len(text) > limits.MESSAGE:
        raise Invalid.field(
            "text", f"Enter a note of up to {limits.MESSAGE:,} characters"
        )
    note = Note.objects.create(
        expression=expression, text=text.rstrip(), written_by=by, written_at=at
    )
    events.record(BidsEvent.EXPRESSION_NOTED, expression, by=by, at=at, stage="")
    return note


def of_case(expression: int) -> QuerySet[Note]:
    """The notes of the expression with this id, the newest first."""
    return Note.objects.filter(expression=expression).select_related("written_by")
