"""The department's list of cases, and a case as it reads it."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bids import actions, policies
from bids.domain import summaries
from bids.domain.queries import case_snapshot, cases, history
from bids.forms import triage as forms
from bids.forms.cases import CaseFilter
from bids.models import Expression
from bids.views import messages
from innovation.accounts.models import User
from innovation.accounts.page_access import may
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Audience
from innovation.web import pages

COLUMNS = (
    "key",
    "title",
    "submitted_at",
    "lead__name",
    "round__name",
    "chain__stage",
)
READ = may(Permission.READ_CASES)


def in_reach(user: User) -> QuerySet[Expression]:
    return policies.cases_for(user).select_related("round", "lead", "chain")


def sheets_in_reach(user: User) -> QuerySet[Expression]:
    return case_snapshot.of_expressions(policies.cases_for(user))


class Cases(pages.ListPage):
    policy = READ
    scope = staticmethod(in_reach)
    filter_form = CaseFilter
    template_name = "bids/department/cases.html"
    title = "Cases"

    @property
    def order(self) -> tuple[str, ...]:  # type: ignore[override]  # by the filter
        return cases.Wanted.read(self.request.GET).order

    @cached_property
    def matching(self) -> cases.Matching:
        return cases.matching(self.user, self.request.GET)

    def rows(self) -> QuerySet[Any]:
        """As plain values: whole rows of five tables cost twice the page's time."""
        order = (column.lstrip("-") for column in self.order)
        rows: Any = self.matching.rows.values(*dict.fromkeys((*COLUMNS, *order)))
        return rows  # type: ignore[no-any-return]  # rows of values, not of a model

    def context(self) -> dict[str, Any]:
        wanted = cases.Wanted.read(self.request.GET)
        return {
            "audience": Audience.DEPARTMENT,
            "cases_url": reverse("bids:cases"),
            "found": self.matching.number,
            "cap": cases.CAP,
            "counted": wanted.counted.replace("_", " "),
            "as_at": wanted.as_at,
            "may_weigh": self.user.may(Permission.READ_ALL_CASES),
            "may_report": self.user.may(Permission.MAKE_REPORTS),
        }


class Case(pages.DetailPage):
    policy = READ
    scope = staticmethod(sheets_in_reach)
    template_name = "bids/department/case.html"

    def page_title(self) -> str:
        return str(self.object.title)

    def back(self) -> str:
        return reverse("bids:cases")

    def context(self) -> dict[str, Any]:
        user = self.user
        return {
            "actions": actions.of_expression(user, self.object),
            "groups": summaries.groups(self.object),
            "may_assign": user.may(Permission.ASSIGN),
            "assigned": forms.current(self.object),
            "conversation": messages.with_applicant(
                self.object,
                may_write=policies.may(user, Permission.DEVELOP, self.object),
            ),
            "timeline": history.timeline(self.object, user),
            "merged_into": self.merged_into(),
        }

    def merged_into(self) -> Expression | None:
        """Where its reader reaches that one too: a coach may not."""
        if self.object.merged_into_id is None:
            return None
        return in_reach(self.user).filter(pk=self.object.merged_into_id).first()
