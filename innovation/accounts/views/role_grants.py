"""Who holds which role, for administrators."""

from typing import Any

from django.db.models import QuerySet

from innovation.accounts import policies
from innovation.accounts.domain.queries import role_grants, role_requests
from innovation.accounts.forms.role_grant import GrantsFilter
from innovation.accounts.models import RoleGrant
from innovation.accounts.views.role_requests import MANAGE, tabs
from innovation.core import clock
from innovation.core.clock import end_of_day
from innovation.web import pages


class Grants(pages.ListPage[RoleGrant]):
    """Every stretch of time in which somebody held, holds or will hold a role."""

    policy = MANAGE
    scope = policies.role_grants_for
    title = "Who holds which role"
    template_name = "accounts/role_grants.html"
    ordering = ("-starts_at", "-id")
    filter_form = GrantsFilter

    def narrow(
        self, rows: QuerySet[RoleGrant], wanted: dict[str, Any]
    ) -> QuerySet[RoleGrant]:
        people = rows.select_related(
            "user", "given__asked_by", "given__answered_by", "taken"
        )
        found = role_requests.filter_rows(people, wanted)
        day = wanted.get("as_at")
        return role_grants.grants_in_force(found, end_of_day(day)) if day else found

    def context(self) -> dict[str, object]:
        return {"tabs": tabs("accounts:roles-held"), "now": clock.now()}
