"""Invitations to an organisation."""

from innovation.accounts.domain import invitations
from innovation.accounts.models import Standing, User
from innovation.accounts.roles import Permission
from innovation.core import clock
from tests import cast
from tests.access.stage import HEAD, Pair, Stage


def of_user(stage: Stage, user: User) -> Pair:
    """To one's own address, and to another's."""
    mine = user if user.may(Permission.APPLY) else cast.person("applicant")
    return _invited(mine), _invited(cast.person("applicant"))


def sent(stage: Stage, user: User) -> Pair:
    """Of the organisation that one looks after, and of another."""
    head = stage.people[HEAD]
    return _invited(cast.person("applicant"), by=head), _invited(cast.outsider())


def _invited(user: User, by: User | None = None) -> str:
    head = by or cast.applicant(cast.organisation(), Standing.ADMINISTRATOR)
    invitation = invitations.invite(
        organisation=cast.organisation_of(head),
        email=user.email,
        name=user.name,
        standing=Standing.VIEWER,
        by=head,
        at=clock.now(),
    )
    return invitation.key
