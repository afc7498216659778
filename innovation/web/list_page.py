"""A page that shows rows, some at a time."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.forms import BaseForm, MultipleChoiceField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from innovation.core import limits, statements
from innovation.core.errors import Invalid
from innovation.core.keyset import window
from innovation.core.parameters import single_values
from innovation.web.base import Page, T
from innovation.web.forms.problems import add_problems
from innovation.web.keyset import MARKS, paginate

Filters = tuple[tuple[str, str], ...]
"""Names and values, as in a query string."""


class ListPage(Page[T]):
    """The rows of a scope that match the filters in the query string."""

    ordering: ClassVar[tuple[str, ...]]
    size: ClassVar[int] = limits.PAGE_ROWS
    filter_form: ClassVar[type[BaseForm] | None] = None

    @cached_property
    def filters(self) -> BaseForm | None:
        """The filter form, bound to the address: its fields are all optional."""
        if self.filter_form is None:
            return None
        return self.filter_form(self.request.GET, **self.filter_options())

    def filter_options(self) -> dict[str, Any]:
        """Further options of the filter form's constructor, such as choices. They must
        name nothing that the user could not see in the list.
        """
        return {}

    def narrow(self, rows: QuerySet[T], filter_values: dict[str, Any]) -> QuerySet[T]:
        """Apply the filters. Raise `Invalid` for one that matches nothing known."""
        return rows

    def get_ordering(self) -> tuple[str, ...]:
        return self.ordering

    def statement_filters(self) -> Filters | None:
        """The filters in the query string, if `statements` keeps a query for them;
        `None` if not. By default it keeps the query of the list without filters. A page
        may add filters that have few possible values.
        """
        has_filters = self.request.GET.keys() - MARKS
        return None if has_filters or self.scope_depends_on_day else ()

    def fetch_window(self, order: Sequence[str], mark: Sequence[object]) -> list[Any]:
        """The rows of a page, by a statement that is kept if there can be one."""
        filters = self.statement_filters()
        if filters is None:
            return list(self.window(order, mark))
        variant = type(self), filters, tuple(order)
        return statements.fetch(
            _window_of_list, self.user, tuple(mark), variant=variant
        )

    def window(self, order: Sequence[str], mark: Sequence[object]) -> QuerySet[T, Any]:
        """The rows of a page: see `core.keyset.window`."""
        return window(self.rows(), order, mark, self.size)

    def rows(self) -> QuerySet[T, Any]:
        """Everything the list shows, before it is cut into pages: rows of the model, or
        values of their columns.
        """
        if self.filters is None:
            return self.rows_in_scope()
        if not self.filters.is_valid():
            raise Invalid({})
        return self.narrow(self.rows_in_scope(), self.filters.cleaned_data)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            self._check_filters()
            order, fetch = self.get_ordering(), self.fetch_window
            page = paginate(self.rows, order, request.GET, self.size, fetch)
        except Invalid as error:
            return self._show_problems(error)
        return self.show(rows=page.rows, pagination=page, filters=self.filters)

    def _check_filters(self) -> None:
        """Raise `Invalid` if a filter cannot be read: without it, the list would show
        more than was asked for.
        """
        form = self.filters
        if form is None or not self.request.GET.keys() - MARKS:
            return
        repeatable = {
            name
            for name, field in form.fields.items()
            if isinstance(field, MultipleChoiceField)
        }
        single_values(self.request.GET, repeatable)
        if not form.is_valid():
            raise Invalid({})

    def _show_problems(self, error: Invalid) -> HttpResponse:
        """The filters with what is wrong with them, and no rows."""
        if self.filters is None:
            raise error
        add_problems(self.filters, error)
        context = {
            "page": self,
            "title": self.page_title(),
            "back_url": self.back_url(),
            "filters": self.filters,
        }
        template = "web/unreadable_filters.html"
        return render(self.request, template, context, status=error.status)


def _window_of_list(
    page: type[ListPage[T]],
    filters: Filters,
    order: tuple[str, ...],
    reader: Any,
    mark: tuple[object, ...],
) -> QuerySet[Any]:
    """The query for a page of a list, built without a request for `statements`."""
    view = page()
    view.reader = reader
    view.request = HttpRequest()
    view.request.GET = QueryDict(urlencode(filters))
    return view.window(order, mark)
