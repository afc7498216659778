"""A merge is shown only to users who can read both expressions."""

from typing import Any

import pytest

from bids.domain import expressions
from tests.api.api_client import ApiClient
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def merged_values(caller: ApiClient, key: str) -> list[Any]:
    """What the list and the page of the thing say."""
    listed = caller.get("expressions/").json()["results"]
    row = next(row for row in listed if row["key"] == key)
    return [row["merged_into"], caller.get(f"expressions/{key}/").json()["merged_into"]]


def test_an_applicant_does_not_read_another_organisations_key() -> None:
    into = cases.submitted_expression()
    part = cases.submitted_expression(round=into.round)
    expressions.merge(part, into=into, by=users.official(), at=MOMENT)

    assert merged_values(ApiClient(cases.editor_of(part.lead)), part.key) == [
        None,
        None,
    ]
    assert merged_values(ApiClient(users.official()), part.key) == [into.key, into.key]


def test_an_applicant_reads_the_key_of_their_own() -> None:
    into = cases.submitted_expression()
    part = cases.submitted_expression(round=into.round, lead=into.lead)
    expressions.merge(part, into=into, by=users.official(), at=MOMENT)

    assert merged_values(ApiClient(cases.editor_of(part.lead)), part.key) == [
        into.key,
        into.key,
    ]
