"""Tests every address as every user, with every method, on own and others' objects."""

import pytest
from django.template import Context, Template

from tests.access import access_table, routes
from tests.access.scenario import COLUMNS, build_scenario
from tests.access.walker import Walker
from tests.template_values import missing_values, unexpected

ROUTES = routes.all_routes()
ADDRESSES = {access_table.row_address(route) for route in ROUTES}
PARTS = sorted({route.address.split("/")[0] for route in ROUTES})


@pytest.mark.django_db
@pytest.mark.parametrize("part", PARTS)
def test_who_may_open_what_is_in_the_table(part: str) -> None:
    walker = Walker(build_scenario())
    results = {}
    with missing_values() as missing:
        for route in ROUTES:
            if route.address.split("/")[0] == part:
                row = {column: walker.table_value(route, column) for column in COLUMNS}
                results[access_table.row_address(route)] = {
                    "address": access_table.row_address(route),
                    **row,
                }
    assert unexpected(missing) == set()
    if access_table.UPDATES_FILE:
        access_table.write_table(results, ADDRESSES)
        return
    known = access_table.read_table()
    assert results == {address: known.get(address) for address in results}


def test_the_table_names_every_address_and_no_other() -> None:
    if access_table.UPDATES_FILE:
        access_table.write_table({}, ADDRESSES)
        return
    assert access_table.read_table().keys() == ADDRESSES


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.is_ours], ids=access_table.row_address
)
def test_every_view_says_who_may_open_it(route: routes.Route) -> None:
    policy = getattr(route.view or route.callback, "policy", None)
    assert policy is not None, f"{route.address} names no policy"
    assert policy.name


def test_a_name_that_nobody_gives_to_a_template_is_noticed() -> None:
    with missing_values() as missing:
        Template("{{ given }}{% if mistaken %}x{% endif %}", name="t.html").render(
            Context({"given": 1})
        )
    assert unexpected(missing) == {("t.html", "mistaken")}
