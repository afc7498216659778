"""Who held which role at a moment, as CSV: who gave it, when and why."""

from datetime import datetime, timedelta

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, TruncDate

from innovation.accounts.domain import queries
from innovation.accounts.models import Origin, RoleGrant
from innovation.accounts.roles import ROLES
from innovation.core.clock import LONDON
from innovation.web.csv_export import SpreadsheetSafe, labelled_column

HEADER = (
    "Reference",
    "Name",
    "Email address",
    "Role",
    "From",
    "Last day",
    "Where it comes from",
    "Asked by",
    "Confirmed by",
    "Reason",
)
_TITLES = {name: role.title for name, role in ROLES.items()}


def rows(
    grants: QuerySet[RoleGrant], at: datetime
) -> "QuerySet[RoleGrant, tuple[object, ...]]":
    """Of those in force at `at`, by name: tuples in the order of HEADER."""
    found = queries.grants_in_force(grants, at).order_by("user__name", "role", "pk")
    return found.values_list(
        F("user__key"),
        SpreadsheetSafe(F("user__name")),
        SpreadsheetSafe(F("user__email")),
        labelled_column("role", _TITLES),
        _london_day(F("starts_at")),
        _last_day(),
        labelled_column("origin", dict(Origin.choices)),
        _or_empty("given__asked_by__name"),
        _confirmed_by(),
        Coalesce(SpreadsheetSafe(F("given__reason")), SpreadsheetSafe(F("reason"))),
    )


def _london_day(moment: Combinable) -> Cast:
    return Cast(TruncDate(moment, tzinfo=LONDON), DateField())


def _last_day() -> Cast:
    """It ends with this day: at the midnight after it."""
    return _london_day(F("ends_at") - timedelta(microseconds=1))


def _confirmed_by() -> Case:
    """Empty where one administrator was enough."""
    alone = When(given__answered_by=F("given__asked_by"), then=Value(""))
    return Case(alone, default=_or_empty("given__answered_by__name"))


def _or_empty(path: str) -> Coalesce:
    return Coalesce(
        SpreadsheetSafe(F(path)), Value("", TextField()), output_field=CharField()
    )
