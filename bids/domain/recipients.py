"""The recipients of letters about a case."""

from django.db.models import Q, QuerySet

from bids import policies
from bids.models import Bid, Expression
from innovation.accounts.models import WRITING_STANDINGS, User
from innovation.accounts.policies import people_of
from innovation.accounts.roles import Permission
from innovation.core import statements


def lead_members(case: Expression | Bid) -> list[User]:
    """People with a confirmed membership of the lead organisation."""
    return statements.fetch(_members, case.lead_id)


def _members(organisation: int) -> QuerySet[User]:
    return people_of([organisation])


def lead_editors(case: Expression | Bid) -> list[User]:
    """Members who may edit the case."""
    return list(people_of([case.lead], WRITING_STANDINGS))


def caseworkers(expression: Expression) -> list[User]:
    """The officials and coaches assigned to the case, and those who have written to its
    applicant and still have access.
    """
    assigned = expression.assignments.filter(ended_at=None)
    wrote = expression.messages.filter(from_department=True)
    people = User.objects.filter(
        Q(pk__in=assigned.values("user"))
        | Q(pk__in=expression.clarifications.values("asked_by"))
        | Q(pk__in=wrote.values("written_by")),
        is_active=True,
    )
    return [
        person
        for person in people
        if policies.may(person, Permission.DEVELOP, expression)
    ]
