"""Every address, as everybody, with every method, on own and on other's things."""

import pytest

from tests.access import routes, table
from tests.access.stage import COLUMNS, build
from tests.access.walk import Walker

ROUTES = routes.every()
PARTS = sorted({route.address.split("/")[0] for route in ROUTES})


@pytest.mark.django_db
@pytest.mark.parametrize("part", PARTS)
def test_who_may_open_what_is_in_the_table(part: str) -> None:
    walker = Walker(build())
    found = {}
    for route in ROUTES:
        if route.address.split("/")[0] == part:
            row = {column: walker.word(route, column) for column in COLUMNS}
            found[table.shown(route)] = {"address": table.shown(route), **row}
    if table.REWRITING:
        table.write(found, {table.shown(route) for route in ROUTES})
        return
    known = table.read()
    assert found == {address: known.get(address) for address in found}


def test_the_table_names_every_address_and_no_other() -> None:
    assert sorted(table.read()) == sorted({table.shown(route) for route in ROUTES})


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.is_ours], ids=table.shown
)
def test_every_view_says_who_may_open_it(route: routes.Route) -> None:
    policy = getattr(route.view or route.callback, "policy", None)
    assert policy is not None, f"{route.address} names no policy"
    assert policy.name
