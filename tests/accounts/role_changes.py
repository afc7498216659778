"""Roles asked for, given and taken by administrators made for it."""

from datetime import datetime
from typing import Any

from innovation.accounts.domain import role_requests
from innovation.accounts.models import RoleRequest, User
from tests.audit_events import events_of
from tests.dates import MOMENT
from tests.factories import users


def request_role(
    user: User, by: User, role: str = "finance", **more: Any
) -> RoleRequest:
    values: dict[str, Any] = {"reason": "They join finance.", "at": MOMENT}
    return role_requests.ask(user, role=role, by=by, **(values | more))


def give_role(user: User, role: str = "finance", **more: Any) -> RoleRequest:
    request = request_role(user, users.administrator(), role, **more)
    at = more.get("at", MOMENT)
    return (
        role_requests.confirm(request, by=users.administrator(), at=at)
        if (request.is_waiting)
        else request
    )


def take_role(user: User, role: str, at: datetime = MOMENT) -> RoleRequest:
    return give_role(user, role, change="take", reason="They left.", at=at)


def role_events(user: User) -> list[str]:
    names = events_of(user.chain_id).values_list("name", flat=True)
    return [name.removeprefix("person.") for name in names]


def reload_user(user: User) -> User:
    return User.objects.get(pk=user.pk)
