"""The recipients of letters about a case."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from bids import policies
from bids.models import Bid, Expression
from innovation.accounts.models import WRITING_STANDINGS, Membership, User
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


def editors_by_organisation(organisations: Collection[int]) -> dict[int, list[User]]:
    """The people who may edit the cases of each organisation, by its id."""
    memberships = Membership.objects.confirmed(WRITING_STANDINGS).filter(
        organisation__in=organisations, user__is_active=True
    )
    people: dict[int, list[User]] = {pk: [] for pk in organisations}
    for membership in memberships.select_related("user"):
        if membership.user.may(Permission.APPLY):
            people[membership.organisation_id].append(membership.user)
    return people


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
