"""The API names what an expression was merged into to those who can read that too."""

from typing import Any

import pytest

from bids.domain import expressions
from tests import cases, cast
from tests.api.asking import Caller
from tests.dates import MOMENT

pytestmark = pytest.mark.django_db


def told(caller: Caller, key: str) -> list[Any]:
    """What the list and the page of the thing say."""
    listed = caller.get("expressions/").json()["results"]
    row = next(row for row in listed if row["key"] == key)
    return [row["merged_into"], caller.get(f"expressions/{key}/").json()["merged_into"]]


def test_an_applicant_does_not_read_another_organisations_key() -> None:
    into = cases.submitted()
    part = cases.submitted(round=into.round)
    expressions.merge(part, into=into, by=cast.official(), at=MOMENT)

    assert told(Caller(cases.editor_of(part.lead)), part.key) == [None, None]
    assert told(Caller(cast.official()), part.key) == [into.key, into.key]


def test_an_applicant_reads_the_key_of_their_own() -> None:
    into = cases.submitted()
    part = cases.submitted(round=into.round, lead=into.lead)
    expressions.merge(part, into=into, by=cast.official(), at=MOMENT)

    assert told(Caller(cases.editor_of(part.lead)), part.key) == [into.key, into.key]
