"""Which approvals are public. Only the app `funding` knows, which registers a rule."""

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from innovation.core.registry import Registry

AnnouncementRule = Callable[[date], "QuerySet[Model]"]
"""Rows with a `bid`: what has been announced of bids by a day."""

rules: Registry[AnnouncementRule] = Registry()
"""The rules that apps register."""


def announced_by(day: date) -> Q:
    """The bids whose approval is public on `day`."""
    announced = Q(pk__in=[])
    for rule in rules:
        announced |= Q(Exists(rule(day).filter(bid=OuterRef("pk"))))
    return announced
