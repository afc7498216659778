"""Assigns officials and coaches to cases."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import expressions
from bids.events import BidsEvent
from bids.models import Assignment, Expression
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import lock_row


@transaction.atomic
def assign(expression: Expression, *, user: User, by: User, at: datetime) -> Assignment:
    """Assign: a coach gets access to the case, an official gets it on their list."""
    expression = expressions.lock(expression)
    policies.require(by, Permission.ASSIGN, expression)
    if expression.submitted_at is None:
        raise TooLate("This is still a draft, which only its applicant can see.")
    if not user.may(Permission.DEVELOP):
        raise Invalid.field("user", "Choose an official or a coach")
    if policies.is_assigned(user, expression):
        raise Invalid.field("user", "This person already looks after the case")
    assignment = Assignment.objects.create(
        expression=expression, user=user, assigned_at=at
    )
    _record(BidsEvent.EXPRESSION_ASSIGNED, expression, user, by=by, at=at)
    return assignment


@transaction.atomic
def end(assignment: Assignment, *, by: User, at: datetime) -> Assignment:
    expression = expressions.lock(assignment.expression)
    policies.require(by, Permission.ASSIGN, expression)
    assignment = lock_row(assignment)
    if assignment.ended_at is not None:
        raise TooLate("This person no longer looks after the case.")
    assignment.ended_at = at
    assignment.save(update_fields=["ended_at"])
    _record(BidsEvent.EXPRESSION_UNASSIGNED, expression, assignment.user, by=by, at=at)
    return assignment


def current_of(cases: Iterable[Expression], user: User) -> dict[int, Assignment]:
    """The assignments of `user` to these cases, by the id of the case."""
    rows = Assignment.objects.filter(
        user=user, ended_at=None, expression__in=[case.pk for case in cases]
    )
    return {row.expression_id: row for row in rows.select_related("expression", "user")}


def _record(
    event: BidsEvent, expression: Expression, user: User, *, by: User, at: datetime
) -> None:
    data = {"user": user.key}
    events.record(event, expression, by=by, at=at, data=data, stage="")
