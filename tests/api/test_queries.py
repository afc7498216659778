"""A list takes the same few queries, however many rows it has."""

import pytest
from pytest_django import DjangoAssertNumQueries

from innovation.api_urls import RESOURCES
from innovation.registers.definitions import REGISTERS
from tests.api.api_client import ApiClient
from tests.api.test_announced import announce
from tests.factories import grants, registers, users

QUERIES = {
    "rounds": 4,
    "expressions": 3,
    "bids": 7,
    "awards": 8,
    "organisations": 4,
    "councils": 5,
    **{register.name: 3 for register in REGISTERS},
}


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_the_same_few_queries_whatever_it_holds(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        announce(grants.active_award())
        for register in REGISTERS:
            registers.row(register)
    caller = ApiClient(users.official())
    assert set(QUERIES) == set(RESOURCES)
    for name, queries in QUERIES.items():
        with django_assert_num_queries(queries):
            answer = caller.get(f"{name}/", limit=100)
        assert len(answer.json()["results"]) >= rows, name
