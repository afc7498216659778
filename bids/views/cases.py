"""The department's list of cases, and the base of the steps of an expression."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Never
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.urls import reverse

from bids import policies
from bids.domain import saved_views
from bids.domain.queries import case_columns, case_snapshot, cases, search_texts
from bids.domain.queries.case_columns import CaseColumn
from bids.domain.queries.case_search_filters import CaseSearchFilters
from bids.forms.case import CaseColumnsForm, CaseFilter
from bids.models import Expression
from bids.views import listed_cases
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Audience
from innovation.core import keyset
from innovation.core.parameters import single_values
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


def whole_cases_in_scope(user: User) -> QuerySet[Expression]:
    """With the bid, where there is one."""
    return cases_in_scope(user).select_related("strand", "bid__round")


def snapshots_in_scope(user: User) -> QuerySet[Expression]:
    return case_snapshot.expressions_with_snapshot(policies.cases_for(user))


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
        return filters.params if filters.is_usual and not self.columns else None

    @cached_property
    def columns(self) -> list[CaseColumn]:
        """Those that the reader has chosen; none for the usual ones."""
        return case_columns.read(self.request.GET.get(case_columns.PARAMETER, ""))

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
        chosen = {
            f"column_{column.name}": column.value()
            for column in self.columns
            if column.value is not None
        }
        values: QuerySet[Expression, dict[str, object]] = rows.values(
            *dict.fromkeys((*COLUMNS, *order)),
            shown_stage=cases.stage_at(day) if day else F("chain__stage"),
            **chosen,
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

    def shown_query(self) -> str:
        """The query string of the list that is shown, from which a case is opened."""
        filters = self.request.GET.copy()
        if self.correction:
            filters["q"] = self.correction
        return saved_views.query_of(filters)

    def query_of_file(self) -> str:
        """That of a file of the cases and columns that are shown."""
        if self.columns:
            return self.shown_query()
        usual = urlencode({case_columns.PARAMETER: ",".join(case_columns.DEFAULT)})
        return "&".join(filter(None, [self.shown_query(), usual]))

    def context(self) -> dict[str, object]:
        return {
            "searched": self.search_filters.q,
            "correction": self.correction,
            "query_of_file": self.query_of_file(),
            "columns": self.columns,
            "audience": Audience.DEPARTMENT,
            "cases_url": reverse("bids:cases"),
            "list_query": listed_cases.list_query(self.shown_query()),
            "case_count": self.case_count(),
            "count_cap": search_texts.COUNT_LIMIT,
            "figure": self.search_filters.counted.replace("_", " "),
            "as_at": self.search_filters.stage_day,
            "may_assign": self.user.may(Permission.ASSIGN),
            "may_triage": self.user.may(Permission.TRIAGE),
            "view_query": saved_views.query_of(self.request.GET),
            "may_read_burden": self.user.may(Permission.READ_ALL_CASES),
            "may_report": self.user.may(Permission.MAKE_REPORTS),
        }


class ChooseColumns(pages.FormPage[Never, CaseColumnsForm]):
    """The rest of its address is that of the list."""

    policy = READ
    title = "Choose the columns of the list"
    form_class = CaseColumnsForm
    submit_label = "Show these columns"

    @property
    def params(self) -> dict[str, str]:
        return single_values(self.request.GET)

    def initial(self) -> dict[str, object]:
        chosen = case_columns.read(self.params.get(case_columns.PARAMETER, ""))
        names = [column.name for column in chosen]
        return {"columns": names or list(case_columns.DEFAULT)}

    def back_url(self) -> str:
        return self._list_url(self.params)

    def perform(self, form: CaseColumnsForm) -> pages.Destination:
        chosen = case_columns.text_of(form.cleaned_data["columns"])
        return self._list_url(self.params | {case_columns.PARAMETER: chosen})

    def _list_url(self, params: Mapping[str, str]) -> str:
        query = saved_views.query_of(params)
        return f"{reverse('bids:cases')}{'?' if query else ''}{query}"


class CaseStep(pages.Page[Expression]):
    """A step leads back to the case, and keeps the list from which it was opened."""

    scope = staticmethod(cases_in_scope)
    object_page = "bids:case"

    def object_url(self) -> str:
        return f"{super().object_url()}{listed_cases.query_of(self.request)}"
