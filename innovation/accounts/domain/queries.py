"""Lists of role requests and grants."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from innovation.accounts.models import RoleGrant, RoleRequest, User


def filter_rows(
    rows: "QuerySet[Any]", filter_values: Mapping[str, object]
) -> "QuerySet[Any]":
    """Filter by the person, and by other columns."""
    if text := filter_values.get("text"):
        rows = rows.filter(
            Q(user__name__icontains=text) | Q(user__email__icontains=text)
        )
    for column in ("role", "change", "state"):
        if value := filter_values.get(column):
            rows = rows.filter(**{column: value})
    return rows


def grants_in_force(rows: QuerySet[RoleGrant], at: datetime) -> QuerySet[RoleGrant]:
    """The grants in force at this moment, whenever they were recorded."""
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
    """The user's grants in force that have an end, by role."""
    open_grants = user.role_grants.filter(ended_at=None, ends_at__isnull=False)
    return {grant.role: grant for grant in open_grants if grant.begun_at}


def answerable_requests(user: User) -> QuerySet[RoleRequest]:
    """The requests this administrator can confirm or refuse: not those about themselves
    or made by them.
    """
    waiting = RoleRequest.objects.filter(state="waiting")
    return waiting.exclude(user=user).exclude(asked_by=user)
