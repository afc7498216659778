"""The organisations whose names are public: those in the reference data, and those that
apps name on public pages.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet

from innovation.core.registry import Registry
from innovation.organisations.models import Organisation

rules: Registry[Callable[[date], "QuerySet[Organisation]"]] = Registry()
"""The organisations that an app’s public pages name on a day."""


def organisations_named_by(day: date) -> QuerySet[Organisation]:
    """The organisations whose names are public on the day, without councils."""
    public = Q(areas__isnull=False)
    for rule in rules:
        public |= Q(pk__in=rule(day).order_by().values("pk"))
    rows = Organisation.objects.registered().filter(public, council=None).order_by()
    return Organisation.objects.filter(pk__in=rows.values("pk"))
