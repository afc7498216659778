"""Which approvals are public: known only to the app above, which answers bids."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

AnnouncementRule = Callable[[date], "QuerySet[Any]"]
"""Rows with a `bid`: what has been announced of bids by a day."""

_rules: list[AnnouncementRule] = []


def register(rule: AnnouncementRule) -> None:
    """Let an app above say what it has announced."""
    if rule not in _rules:
        _rules.append(rule)


def announced_by(day: date) -> Q:
    """The bids whose approval is public by `day`: none while no app says so."""
    announced = Q(pk__in=[])
    for rule in _rules:
        announced |= Q(Exists(rule(day).filter(bid=OuterRef("pk"))))
    return announced
