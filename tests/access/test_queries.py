"""How many queries each page and each answer of the API takes, however much it shows.

The numbers are in `query_counts.py`. Where one changes, say why in the commit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from innovation.api.views import Resource
from innovation.web import pages
from tests.access import access_table, routes
from tests.access.filled_stage import FilledStage
from tests.access.query_counts import QUERIES
from tests.access.routes import Route
from tests.access.scenario import COLUMNS, PUBLIC, build_scenario
from tests.access.walker import Walker

PREFERRED = (PUBLIC, "official", *COLUMNS)
"""Of those who may open a page, the first opens it."""
SEEN_BY_ALL = {"/home"}
"""Pages that differ so much that everybody opens them."""
STATUSES = {
    "accounts/2fa/authenticate/": 302,
    "accounts/confirm-email/": 302,
    "accounts/login/code/confirm/": 302,
    "accounts/logout/": 302,
    "accounts/password/change/": 302,
}
"""Pages of signing in that send on whoever has not begun to."""


@dataclass
class Meter:
    """Counts queries, and the rows of the one that found most."""

    queries: int = 0
    most_rows: int = 0

    def __call__(self, execute: Any, sql: str, *details: Any) -> Any:
        result = execute(sql, *details)
        self.queries += 1
        self.most_rows = max(self.most_rows, details[-1]["cursor"].rowcount)
        return result


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_takes_the_same_queries_whatever_it_shows(rows: int) -> None:
    walker = Walker(build_scenario())
    filled_stage = FilledStage(walker.stage, rows)
    filled_stage.fill_lists()
    counts = {}
    for route, column in _readers():
        address = walker.own_address(route, column)
        filled_stage.fill_objects(address)
        client = walker.client(walker.stage.people.get(column), route)
        page = f"{access_table.row_address(route)} {column}"
        meter = _measure(client, route, address)
        if meter.queries != QUERIES.get(page):
            # The first page of a process reads its choices.
            meter = _measure(client, route, address)
        if _is_list(route):
            assert meter.most_rows >= rows, f"{page} lists fewer than {rows}"
        counts[page] = meter.queries
    differences = _differences(counts)
    assert not differences, "\n".join(differences)


def _differences(counts: dict[str, int]) -> list[str]:
    """Lines for the table, with what it says now."""
    return [
        f'"{page}": {counts.get(page)},  # now {QUERIES.get(page)}'
        for page in sorted(counts.keys() | QUERIES.keys())
        if counts.get(page) != QUERIES.get(page)
    ]


def _readers() -> Iterator[tuple[Route, str]]:
    """Each page, and who opens it."""
    table = access_table.read_table()
    for route in sorted(routes.all_routes(), key=lambda route: len(route.parameters)):
        name = access_table.row_address(route)
        may = [column for column in PREFERRED if table[name][column] != "no"]
        for column in dict.fromkeys(may if name in SEEN_BY_ALL else may[:1]):
            yield route, column


def _is_list(route: Route) -> bool:
    lists = route.view is not None and issubclass(route.view, pages.ListPage | Resource)
    return lists and not route.parameters


def _measure(client: Client, route: Route, address: str) -> Meter:
    meter = Meter()
    with connection.execute_wrapper(meter):
        response = client.get(address)
    assert response.status_code == STATUSES.get(route.address, 200), address
    return meter
