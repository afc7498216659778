"""Lists of roles: requests, what is held, and what was in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from innovation.accounts.models import RoleGrant, RoleRequest, User

_Row = TypeVar("_Row", RoleGrant, RoleRequest)


def filter_rows(rows: QuerySet[_Row], wanted: Mapping[str, object]) -> QuerySet[_Row]:
    """By the person, and by whatever else of the row is asked for."""
    if text := wanted.get("text"):
        rows = rows.filter(
            Q(user__name__icontains=text) | Q(user__email__icontains=text)
        )
    for column in ("role", "change", "state"):
        if value := wanted.get(column):
            rows = rows.filter(**{column: value})
    return rows


def grants_in_force(rows: QuerySet[RoleGrant], at: datetime) -> QuerySet[RoleGrant]:
    """Those that gave something at this moment, whatever was recorded when."""
    return rows.filter(
        Q(ended_at=None) | Q(ended_at__gt=at),
        Q(ends_at=None) | Q(ends_at__gt=at),
        starts_at__lte=at,
    )


def grants_of(user: User) -> QuerySet[RoleGrant]:
    return user.role_grants.select_related(
        "given__asked_by", "given__answered_by", "taken__asked_by", "taken__answered_by"
    )


def ending_grants_of(user: User) -> dict[str, RoleGrant]:
    """By role, the grants in force that have an end."""
    open_grants = user.role_grants.filter(ended_at=None, ends_at__isnull=False)
    return {grant.role: grant for grant in open_grants if grant.begun_at}


def answerable_requests(user: User) -> QuerySet[RoleRequest]:
    """What this administrator can confirm or refuse: never what is about them, or
    what they asked for.
    """
    waiting = RoleRequest.objects.filter(state="waiting")
    return waiting.exclude(user=user).exclude(asked_by=user)
