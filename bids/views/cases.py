"""The department's list of cases, and its page of an expression."""

from collections.abc import Sequence
from functools import cached_property

from django.db.models import F, QuerySet
from django.urls import reverse

from bids import actions, policies
from bids.case_navigation import case_navigation
from bids.domain import partners, saved_views
from bids.domain.queries import (
    case_councils,
    case_snapshot,
    cases,
    history,
    search_texts,
    summaries,
)
from bids.domain.queries.case_search_filters import CaseSearchFilters
from bids.forms import assignment
from bids.forms.case import CaseFilter
from bids.models import Expression
from bids.views import messages
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Audience
from innovation.core import clock, keyset, statements
from innovation.core.subqueries import InFew
from innovation.web import pages

COLUMNS = (
    "key",
    "title",
    "submitted_at",
    "lead__name",
    "round__name",
)
READ = permission_required(Permission.READ_CASES)


def cases_in_scope(user: User) -> QuerySet[Expression]:
    return policies.cases_for(user).select_related("round", "lead", "chain")


def snapshots_in_scope(user: User) -> QuerySet[Expression]:
    return case_snapshot.expressions_with_snapshot(policies.cases_for(user))


def merged_cases(user: User, survivor: int) -> QuerySet[Expression]:
    """The cases that were merged into this one, to which the user has access."""
    return cases_in_scope(user).filter(merged_into=survivor).order_by("pk")


class Cases(pages.ListPage[Expression]):
    policy = READ
    scope = staticmethod(cases_in_scope)
    filter_form = CaseFilter
    template_name = "bids/department/cases.html"
    title = "Cases"

    @cached_property
    def search_filters(self) -> CaseSearchFilters:
        return CaseSearchFilters.read(self.request.GET, self.user)

    def get_ordering(self) -> tuple[str, ...]:
        return self.search_filters.order

    def statement_filters(self) -> pages.Filters | None:
        filters = self.search_filters
        return filters.params if filters.is_usual else None

    @cached_property
    def matching_cases(self) -> cases.CaseSearchResult:
        return cases.search_cases(self.user, self.request.GET)

    def case_count(self) -> int:
        if self.search_filters.is_usual:
            return cases.count_cases(self.user, self.search_filters)
        return self.matching_cases.number

    def rows(self) -> QuerySet[Expression, dict[str, object]]:
        return self._with_columns(self.matching_cases.rows)

    def _with_columns(
        self, rows: QuerySet[Expression]
    ) -> QuerySet[Expression, dict[str, object]]:
        """Rows as plain values: model instances of five tables take twice as long."""
        order = (column.lstrip("-") for column in self.get_ordering())
        day = self.search_filters.stage_day
        values: QuerySet[Expression, dict[str, object]] = rows.values(
            *dict.fromkeys((*COLUMNS, *order)),
            shown_stage=cases.stage_at(day) if day else F("chain__stage"),
        )
        return values

    def window(
        self, order: Sequence[str], mark: Sequence[object]
    ) -> QuerySet[Expression, dict[str, object]]:
        """The cases are found first, and only those of the page are joined to what it
        shows. With all tables in one join the filters often come last.
        """
        matching = keyset.window(self.matching_cases.rows, order, mark, self.size)
        page_rows = self.rows_in_scope().filter(InFew("pk", matching.values("pk")))
        return self._with_columns(page_rows).order_by(*order)

    @cached_property
    def correction(self) -> str:
        return self.matching_cases.correction if self.search_filters.q else ""

    def filters_of_file(self) -> str:
        """The query string of a file of the cases that are shown."""
        filters = self.request.GET.copy()
        if self.correction:
            filters["q"] = self.correction
        return saved_views.query_of(filters)

    def context(self) -> dict[str, object]:
        return {
            "searched": self.search_filters.q,
            "correction": self.correction,
            "filters_of_file": self.filters_of_file(),
            "audience": Audience.DEPARTMENT,
            "cases_url": reverse("bids:cases"),
            "case_count": self.case_count(),
            "count_cap": search_texts.COUNT_LIMIT,
            "figure": self.search_filters.counted.replace("_", " "),
            "as_at": self.search_filters.stage_day,
            "may_assign": self.user.may(Permission.ASSIGN),
            "view_query": saved_views.query_of(self.request.GET),
            "may_read_burden": self.user.may(Permission.READ_ALL_CASES),
            "may_report": self.user.may(Permission.MAKE_REPORTS),
        }


class Case(pages.DetailPage[Expression]):
    policy = READ
    scope = staticmethod(snapshots_in_scope)
    back = "bids:cases"
    template_name = "bids/department/case.html"

    def page_title(self) -> str:
        return str(self.object.title)

    def context(self) -> dict[str, object]:
        user = self.user
        navigation = case_navigation(user, self.object, current="bids:case")
        facts_day = case_councils.facts_day(self.object, clock.now())
        return {
            "navigation": navigation,
            "facts_day": facts_day,
            "council_facts": case_councils.facts_on(self.object, facts_day),
            "actions": actions.expression_actions(user, self.object),
            "groups": summaries.groups(self.object),
            "changed_partners": partners.changed_partners(self.object),
            "may_check_partners": user.may(Permission.CONFIRM_ORGANISATIONS),
            "may_assign": user.may(Permission.ASSIGN),
            "assignments": statements.fetch(
                assignment.current_assignments, self.object.pk
            ),
            "conversation": messages.conversation_with_applicant(
                self.object,
                may_write=policies.may(user, Permission.DEVELOP, self.object),
            ),
            "may_answer_reconsideration": user.may(Permission.TRIAGE),
            "timeline": history.timeline(self.object, user, navigation.grant_href),
            "merged_into": self.merged_into(),
            "merged_cases": statements.fetch(merged_cases, user, self.object.pk),
        }

    def merged_into(self) -> Expression | None:
        """The case it was merged into, if the user has access: a coach may not."""
        if self.object.merged_into_id is None:
            return None
        return cases_in_scope(self.user).filter(pk=self.object.merged_into_id).first()


class CaseStep(pages.Page[Expression]):
    scope = staticmethod(cases_in_scope)
    object_page = "bids:case"
