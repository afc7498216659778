"""Who held which role at a moment: who gave it, when and why."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import (
    Case,
    F,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from innovation.accounts.domain.queries import role_grants, role_requests
from innovation.accounts.forms.role_grant import GrantsFilter
from innovation.accounts.models import Origin, RoleGrant, User
from innovation.accounts.policies import role_grants_for
from innovation.accounts.roles import ROLES, Permission
from innovation.core import clock
from innovation.core.errors import Invalid
from innovation.reporting.report_types.definition import Format, Params, ReportType
from innovation.web.csv_export import labelled_column, london_day, text_or_empty

_TITLES = {name: role.title for name, role in ROLES.items()}


class RolesHeld(ReportType):
    """The roles at the end of the chosen day, or now."""

    name = "roles"
    title = "Roles"
    noun = "role"
    source = "accounts:roles-held"
    source_title = "the list of roles"
    columns = (
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
    permissions = (Permission.MANAGE_PEOPLE,)
    formats = frozenset({Format.FILE, Format.STREAM})
    filter_names = ("text", "role", "as_at_day", "as_at_month", "as_at_year")

    def rows(
        self, user: User, params: Params, at: datetime
    ) -> "QuerySet[RoleGrant, tuple[object, ...]]":
        filters = _read(params)
        grants = role_requests.filter_rows(role_grants_for(user), filters)
        in_force = role_grants.grants_in_force(grants, _moment(filters, at))
        return in_force.order_by("user__name", "role", "pk").values_list(
            F("user__key"),
            F("user__name"),
            F("user__email"),
            labelled_column("role", _TITLES),
            london_day(F("starts_at")),
            _last_day(),
            labelled_column("origin", dict(Origin.choices)),
            text_or_empty("request__asked_by__name"),
            _confirmed_by(),
            Coalesce("request__reason", "reason", output_field=TextField()),
        )

    def file_name(self, params: Params, at: datetime) -> str:
        return super().file_name(params, _moment(_read(params), at))


def _read(params: Params) -> dict[str, object]:
    filters = GrantsFilter(params)
    if not filters.is_valid():
        raise Invalid(
            {
                name: [str(text) for text in texts]
                for name, texts in filters.errors.items()
            }
        )
    return filters.cleaned_data


def _moment(filters: Mapping[str, object], at: datetime) -> datetime:
    day = filters.get("as_at")
    return min(clock.end_of_day(day), at) if isinstance(day, date) else at


def _last_day() -> Cast:
    """The last day; the role ends at the midnight after it."""
    return london_day(F("ends_at") - timedelta(microseconds=1))


def _confirmed_by() -> Case:
    """The second administrator; empty if one was enough."""
    one_person = When(request__answered_by=F("request__asked_by"), then=Value(""))
    return Case(
        one_person,
        default=text_or_empty("request__answered_by__name"),
        output_field=TextField(),
    )
