"""Requests for roles, as lists narrow them and administrators answer them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from innovation.accounts.models import RoleRequest, User


def filter_rows(rows: "QuerySet[Any]", wanted: Mapping[str, object]) -> "QuerySet[Any]":
    """By the person, and by whatever else of the row is asked for."""
    if text := wanted.get("text"):
        rows = rows.filter(
            Q(user__name__icontains=text) | Q(user__email__icontains=text)
        )
    for column in ("role", "change", "state"):
        if value := wanted.get(column):
            rows = rows.filter(**{column: value})
    return rows


def answerable_requests(user: User) -> QuerySet[RoleRequest]:
    """What this administrator can confirm or refuse: never what is about them, or
    what they asked for.
    """
    waiting = RoleRequest.objects.filter(state="waiting")
    return waiting.exclude(user=user).exclude(asked_by=user)
