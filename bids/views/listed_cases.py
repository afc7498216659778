"""The place of a case in the list from which it was opened.

The address of a page about a case has the query string of that list in its parameter
`list`, so that nothing is stored: its links lead to the next and the previous case of
the same list, and back to the list.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from bids.domain.queries import case_neighbours
from bids.domain.queries.case_neighbours import Neighbours
from bids.models import Expression
from innovation.accounts.models import User
from innovation.core.errors import Invalid
from innovation.web.keyset import MARKS

PARAMETER = "list"


@dataclass(frozen=True, slots=True)
class ListedCase:
    """`query` goes behind the address of a page about a case."""

    neighbours: Neighbours
    list_url: str
    query: str
    is_readable: bool = True


def list_query(filters: str) -> str:
    """What goes behind the address of a case in a list with this query string."""
    return "?" + urlencode({PARAMETER: filters})


def query_of(request: HttpRequest) -> str:
    """What goes behind the addresses of a case; empty if it was opened by itself."""
    filters = _filters(request)
    return "" if filters is None else list_query(filters.urlencode())


def list_url(request: HttpRequest) -> str:
    """The page of the list from which the case was opened; else all cases."""
    filters, url = _filters(request), reverse("bids:cases")
    return f"{url}?{filters.urlencode()}" if filters else url


def listed_case(
    request: HttpRequest, user: User, case: Expression
) -> ListedCase | None:
    """`None` if it was not opened from a list. Of a list that cannot be read there are
    no neighbours.
    """
    filters = _filters(request)
    if filters is None:
        return None
    params = {name: str(value) for name, value in filters.items() if name not in MARKS}
    try:
        found = case_neighbours.neighbours(user, params, case)
    except Invalid:
        return ListedCase(Neighbours(), reverse("bids:cases"), "", is_readable=False)
    return ListedCase(found, list_url(request), query_of(request))


def _filters(request: HttpRequest) -> QueryDict | None:
    text = request.GET.get(PARAMETER)
    return None if text is None else QueryDict(text)
