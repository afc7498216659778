"""The list of role grants, for administrators."""

from datetime import date

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
    """All roles that people hold, held or will hold."""

    policy = MANAGE
    scope = policies.role_grants_for
    title = "Who holds which role"
    template_name = "accounts/role_grants.html"
    ordering = ("-starts_at", "-id")
    filter_form = GrantsFilter

    def narrow(
        self, rows: QuerySet[RoleGrant], filter_values: dict[str, object]
    ) -> QuerySet[RoleGrant]:
        grants = role_requests.filter_rows(
            rows.select_related(
                "user", "request__asked_by", "request__answered_by", "ending_request"
            ),
            filter_values,
        )
        day = filter_values.get("as_at")
        if not isinstance(day, date):
            return grants
        return role_grants.grants_in_force(grants, end_of_day(day))

    def context(self) -> dict[str, object]:
        return {"tabs": tabs("accounts:roles-held"), "now": clock.now()}
