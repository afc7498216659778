"""Invitations to an organisation."""

from innovation.accounts.domain import invitations
from innovation.accounts.models import Standing, User
from innovation.accounts.roles import Permission
from innovation.core import clock
from tests.access.scenario import ORGANISATION_ADMINISTRATOR, KeyPair, Scenario
from tests.factories import users


def received_invitations(stage: Scenario, user: User) -> KeyPair:
    """To the user's own address, and to another."""
    mine = user if user.may(Permission.APPLY) else users.person("applicant")
    return _invite(mine), _invite(users.person("applicant"))


def sent_invitations(stage: Scenario, user: User) -> KeyPair:
    """Of the organisation that the user administers, and of another."""
    head = stage.people[ORGANISATION_ADMINISTRATOR]
    return _invite(users.person("applicant"), by=head), _invite(users.outsider())


def _invite(user: User, by: User | None = None) -> str:
    head = by or users.applicant(users.organisation(), Standing.ADMINISTRATOR)
    invitation = invitations.invite(
        organisation=users.organisation_of(head),
        email=user.email,
        name=user.name,
        standing=Standing.VIEWER,
        by=head,
        at=clock.now(),
    )
    return invitation.key
