"""Roles asked for, given and taken by administrators made for it."""

from datetime import datetime
from typing import Any

from innovation.accounts.domain import roles
from innovation.accounts.models import RoleRequest, User
from tests import cast
from tests.dates import MOMENT
from tests.staging import events_of


def ask(user: User, by: User, role: str = "finance", **more: Any) -> RoleRequest:
    given = {"reason": "They join finance.", "at": MOMENT}
    return roles.ask(user, role=role, by=by, **(given | more))


def give(user: User, role: str = "finance", **more: Any) -> RoleRequest:
    request = ask(user, cast.administrator(), role, **more)
    at = more.get("at", MOMENT)
    return (
        roles.confirm(request, by=cast.administrator(), at=at)
        if (request.waits)
        else request
    )


def take(user: User, role: str, at: datetime = MOMENT) -> RoleRequest:
    return give(user, role, change="take", reason="They left.", at=at)


def history(user: User) -> list[str]:
    names = events_of(user.chain_id).values_list("name", flat=True)
    return [name.removeprefix("person.") for name in names]


def now(user: User) -> User:
    return User.objects.get(pk=user.pk)
