"""People, their roles and tokens, and organisations with their members."""

from datetime import timedelta
from itertools import count
from typing import Any

from innovation.accounts.domain import (
    council_facts,
    invitations,
    memberships,
    role_requests,
    tokens,
)
from innovation.accounts.models import Standing, User
from innovation.accounts.roles import Permission
from innovation.accounts.scopes import Scope
from innovation.core import clock
from tests.access.scenario import (
    ORGANISATION_ADMINISTRATOR,
    Factory,
    KeyPair,
    Scenario,
    keys,
)
from tests.dates import MOMENT
from tests.factories import users
from tests.narrowing import not_none

_numbers = count(1)


def _organisations(stage: Scenario, user: User) -> KeyPair:
    return keys(*stage.organisations)


def _councils(stage: Scenario, user: User) -> KeyPair:
    """The one that leads the cases on the stage, and another."""
    return not_none(stage.own.council).dfe_number, users.council().dfe_number


def _council_facts(stage: Scenario, user: User) -> KeyPair:
    """Of the council that leads the cases on the stage, one of them withdrawn."""
    own = stage.own.council
    one, other, wrong = (
        users.council_fact(own, what=f"named in announcement {next(_numbers)}")
        for _ in range(3)
    )
    council_facts.withdraw(wrong, because="A slip.", by=users.official(), at=MOMENT)
    return keys(one, other)


def _memberships(stage: Scenario, user: User) -> KeyPair:
    """Of somebody who has asked to join; an official confirms the first of a new
    organisation, and the organisation's administrator those after.
    """
    first, after = (
        memberships.ask(organisation=body, by=users.person("applicant"), at=MOMENT)
        for body in (users.organisation(), stage.own)
    )
    if user.may(Permission.CONFIRM_ORGANISATIONS):
        return keys(first, after)
    return keys(after, first)


def _received_invitations(stage: Scenario, user: User) -> KeyPair:
    """To the user's own address, and to another."""
    mine = user if user.may(Permission.APPLY) else users.person("applicant")
    return _invite(mine), _invite(users.person("applicant"))


def _sent_invitations(stage: Scenario, user: User) -> KeyPair:
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


def _people(stage: Scenario, user: User) -> KeyPair:
    """Of somebody else: nobody changes their own roles."""
    return keys(users.official(), stage.people["official"])


def _role_requests(stage: Scenario, user: User) -> KeyPair:
    """Asked by somebody else, about somebody else."""
    return _request_role(users.administrator()), _request_role(users.administrator())


def _own_role_requests(stage: Scenario, user: User) -> KeyPair:
    mine = user if user.may(Permission.MANAGE_PEOPLE) else users.administrator()
    return _request_role(mine), _request_role(users.administrator())


def _request_role(by: User) -> str:
    person, at = users.official(), clock.now()
    return role_requests.ask(person, role="finance", reason="Leave.", by=by, at=at).key


def _tokens(stage: Scenario, user: User) -> KeyPair:
    mine = user if user.may(Permission.USE_API) else users.analyst()
    return keys(*(_token(owner) for owner in (mine, users.analyst())))


def _token(user: User) -> Any:
    now = clock.now()
    row, _ = tokens.make(
        user=user,
        name=f"Walk {user.api_tokens.count()}",
        scopes=Scope.values,
        expires_at=now + timedelta(days=1),
        by=user,
        at=now,
    )
    return row


SHARED: dict[str, Factory] = {
    "council": _councils,
    "council fact": _council_facts,
    "organisation": _organisations,
    "role request": _role_requests,
    "sent invitation": _sent_invitations,
}
PERSONAL: dict[str, Factory] = {
    "invitation": _received_invitations,
    "membership": _memberships,
    "own role request": _own_role_requests,
    "person": _people,
    "token": _tokens,
}
