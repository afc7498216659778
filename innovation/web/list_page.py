"""A page that shows rows, some at a time."""

from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict

from innovation.core import limits, statements
from innovation.web.base import Page, T
from innovation.web.keyset import MARKS, KeysetPage, paginate, window

Filters = tuple[tuple[str, str], ...]
"""Names and values, as they stand in an address."""


class ListPage(Page[T]):
    """Rows of a scope, narrowed by filters that stay in the address."""

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
        """What the filter form's constructor takes besides data: what its reader may
        choose among, which must name nothing that the list itself would not.
        """
        return {}

    def narrow(self, rows: QuerySet[T], wanted: dict[str, Any]) -> QuerySet[T]:
        """Apply the filters that could be read; `wanted` may lack the others."""
        return rows

    def get_ordering(self) -> tuple[str, ...]:
        return self.ordering

    def statement_filters(self) -> Filters | None:
        """What narrows the list, where `statements` keeps a query for that: filters
        that few values are possible for. As a rule the list that nothing narrows.
        """
        narrowed = self.request.GET.keys() - MARKS
        return None if narrowed or self.scope_depends_on_day else ()

    def fetch_window(
        self, wanted: Filters, order: Sequence[str], mark: Sequence[object]
    ) -> list[Any]:
        """The rows of a page by a statement that is kept."""
        variant = type(self), wanted, tuple(order)
        return statements.fetch(
            _window_of_list, self.user, tuple(mark), variant=variant
        )

    def rows(self) -> QuerySet[T, Any]:
        """Everything the list shows, before it is cut into pages: rows of the model, or
        values of their columns.
        """
        if self.filters is None:
            return self.rows_in_scope()
        self.filters.is_valid()
        return self.narrow(self.rows_in_scope(), self.filters.cleaned_data)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        wanted = self.statement_filters()
        fetch = None if wanted is None else partial(self.fetch_window, wanted)
        part: KeysetPage = paginate(
            self.rows, self.get_ordering(), request.GET, self.size, fetch
        )
        return self.show(rows=part.rows, pagination=part, filters=self.filters)


def _window_of_list(
    page: type[ListPage[T]],
    wanted: Filters,
    order: tuple[str, ...],
    reader: Any,
    mark: tuple[object, ...],
) -> QuerySet[Any]:
    """For `statements`: a page of a list, as its address would show it to `reader`."""
    made = page()
    made.reader = reader
    made.request = HttpRequest()
    made.request.GET = QueryDict(urlencode(wanted))
    return window(made.rows(), order, mark, page.size)
