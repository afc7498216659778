"""Filters of the lists of roles, and the requests that an administrator can answer."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import QuerySet

from innovation.accounts.domain.queries.people import people_called
from innovation.accounts.models import RoleGrant, RoleRequest, User

_Row = TypeVar("_Row", RoleGrant, RoleRequest)


def filter_rows(
    rows: QuerySet[_Row], filter_values: Mapping[str, object]
) -> QuerySet[_Row]:
    """Filter by the text in the person's name or address, and by columns of the row."""
    if text := filter_values.get("text"):
        rows = rows.filter(user__in=people_called(str(text)))
    for column in ("role", "change", "state"):
        if value := filter_values.get(column):
            rows = rows.filter(**{column: value})
    return rows


def answerable_requests(user: User) -> QuerySet[RoleRequest]:
    """The requests that this administrator can confirm or refuse: not those about them,
    and not their own.
    """
    requests = RoleRequest.objects.filter(state="waiting")
    return requests.exclude(user=user).exclude(asked_by=user)
