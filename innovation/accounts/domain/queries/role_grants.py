"""Grants of roles, now and at a moment."""

from datetime import datetime

from django.db.models import Q, QuerySet

from innovation.accounts.models import RoleGrant, User


def grants_in_force(rows: QuerySet[RoleGrant], at: datetime) -> QuerySet[RoleGrant]:
    """The grants in force at this moment, whenever their begin or end was recorded."""
    return rows.filter(
        Q(ended_at=None) | Q(ended_at__gt=at),
        Q(ends_at=None) | Q(ends_at__gt=at),
        starts_at__lte=at,
    )


def grants_of(user: User) -> QuerySet[RoleGrant]:
    return user.role_grants.select_related(
        "request__asked_by",
        "request__answered_by",
        "ending_request__asked_by",
        "ending_request__answered_by",
    )


def ending_grants_of(user: User) -> dict[str, RoleGrant]:
    """The grants in force that have an end, by role."""
    open_grants = user.role_grants.filter(ended_at=None, ends_at__isnull=False)
    return {grant.role: grant for grant in open_grants if grant.begun_at}
