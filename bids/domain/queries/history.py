"""The timeline of a case, as the user may see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.db.models import Q, QuerySet

from bids.models import Bid, Expression
from innovation.accounts.domain.queries.people import names_by_key, people_with_keys
from innovation.accounts.models import Membership, User
from innovation.accounts.roles import Applicant, Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience, Entry
from innovation.core import statements


def audience_of(user: User) -> Audience:
    return (
        Audience.DEPARTMENT if user.may(Permission.READ_CASES) else Audience.APPLICANT
    )


def audiences_of(user: User) -> list[Audience]:
    """The user's audiences. Events of the Board are for users who read its papers."""
    papers = user.may(Permission.RUN_BOARD) or user.may(Permission.ADVISE)
    if papers and user.may(Permission.READ_CASES):
        return [Audience.DEPARTMENT, Audience.BOARD_OFFICE]
    return [audience_of(user)]


def timeline(case: Expression | Bid, reader: User, grant_href: str = "") -> list[Entry]:
    """The department sees all names; an applicant sees those of colleagues. What is
    about the grant links to it.
    """
    audience = audience_of(reader)
    names = (
        names_by_key
        if audience == Audience.DEPARTMENT
        else colleague_names(case.lead_id)
    )
    entries = presenters.timeline(case.chain, audiences_of(reader), names)
    if not grant_href:
        return entries
    return [
        replace(entry, href=grant_href) if entry.name.startswith("award.") else entry
        for entry in entries
    ]


def colleague_names(
    lead_id: int | None, default: str = "The department"
) -> presenters.Names:
    """Names of the people of the lead organisation, including former ones: people who
    have only been applicants acted for it.
    """

    def names(keys: Collection[str]) -> Mapping[str, str]:
        people = statements.fetch(_colleagues, statements.pad(keys), lead_id)
        own = {user.key: str(user) for user in people}
        return {key: own.get(key, default) for key in keys}

    return names


def _colleagues(keys: Sequence[str], lead_id: int | None) -> QuerySet[User]:
    members = Membership.objects.confirmed().filter(organisation=lead_id)
    own_side = Q(pk__in=members.values("user")) | Q(roles=[Applicant.name])
    return people_with_keys(keys).filter(own_side)
