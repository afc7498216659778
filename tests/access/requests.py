"""Requests for roles: asked by somebody else, or by whoever may ask."""

from innovation.accounts.domain import roles
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.core import clock
from tests import cast
from tests.access.stage import Pair, Stage


def of_others(stage: Stage, user: User) -> Pair:
    """Asked by somebody else, about somebody else."""
    return _asked(cast.administrator()), _asked(cast.administrator())


def own(stage: Stage, user: User) -> Pair:
    mine = user if user.may(Permission.MANAGE_PEOPLE) else cast.administrator()
    return _asked(mine), _asked(cast.administrator())


def _asked(by: User) -> str:
    person, at = cast.official(), clock.now()
    return roles.ask(person, role="finance", reason="Leave.", by=by, at=at).key
