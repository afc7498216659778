"""Requests for roles, by somebody else or by a user who may ask."""

from innovation.accounts.domain import role_requests
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.core import clock
from tests.access.scenario import KeyPair, Scenario
from tests.factories import users


def requests_of_others(stage: Scenario, user: User) -> KeyPair:
    """Asked by somebody else, about somebody else."""
    return _request_role(users.administrator()), _request_role(users.administrator())


def own_requests(stage: Scenario, user: User) -> KeyPair:
    mine = user if user.may(Permission.MANAGE_PEOPLE) else users.administrator()
    return _request_role(mine), _request_role(users.administrator())


def _request_role(by: User) -> str:
    person, at = users.official(), clock.now()
    return role_requests.ask(person, role="finance", reason="Leave.", by=by, at=at).key
