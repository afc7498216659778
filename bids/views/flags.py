"""Flags of a case."""

from django.db.models import QuerySet
from django.urls import reverse

from bids import policies
from bids.domain import flags
from bids.forms import flag as forms
from bids.models import Expression, Flag
from bids.views import listed_cases
from bids.views.cases import CaseStep
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core.errors import TooLate
from innovation.web import pages

TRIAGE = permission_required(Permission.TRIAGE)


class RaiseFlag(CaseStep, pages.StepPage[Expression, forms.FlagForm]):
    policy = TRIAGE
    object_page = "bids:case-checks"
    title = "Raise a flag"
    form_class = forms.FlagForm
    submit_label = "Raise the flag"
    success_message = "The flag was raised"
    step = flags.add


def flags_in_scope(user: User) -> QuerySet[Flag]:
    rows = Flag.objects.filter(expression__in=policies.cases_for(user).values("pk"))
    return rows.select_related("expression__chain", "expression__lead", "raised_by")


class ResolveFlag(pages.StepPage[Flag, forms.ResolveFlagForm]):
    policy = TRIAGE
    scope = staticmethod(flags_in_scope)
    title = "Resolve a flag"
    template_name = "bids/department/resolve_flag.html"
    form_class = forms.ResolveFlagForm
    submit_label = "Resolve the flag"
    success_message = "The flag was resolved"
    step = flags.resolve

    def check(self) -> None:
        if self.object.resolved_at is not None:
            raise TooLate("Somebody has resolved this flag already.")

    def back_url(self) -> str:
        page = reverse("bids:case-checks", args=[self.object.expression.key])
        return f"{page}{listed_cases.query_of(self.request)}"
