"""Every moment in the API has one shape, which programs read without options."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from bids.domain import assessments
from bids.models import Bid, Expression
from innovation.api_urls import RESOURCES
from innovation.core.formatting import format_utc
from innovation.registers.definitions import REGISTERS
from tests.api.api_client import ApiClient
from tests.api.test_announced import announce
from tests.database_guards import force_update
from tests.dates import MOMENT, moment_after
from tests.factories import cases, grants, registers, users

pytestmark = pytest.mark.django_db
SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")
LIKE_A_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}.\d{2}:\d{2}")
NAMES = {
    "opens_at",
    "closes_at",
    "submitted_at",
    "opened_at",
    "reopened_at",
    "starts_at",
    "ends_at",
}


def moments(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """The texts that look like a moment, however deep, with the name of their field."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from moments(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from moments(inner, name)
    elif isinstance(value, str) and LIKE_A_MOMENT.match(value):
        yield name, value


def test_every_moment_of_every_resource_has_the_shape() -> None:
    official = users.official()
    bid = cases.submitted_bid(round=cases.round_(assessments_needed=1))
    cases.assessment(bid, by=official)
    assessments.reopen(bid, reason="R", by=official, at=moment_after(seconds=1))
    summer = cases.submitted_expression()
    force_update(
        Expression.objects.filter(pk=summer.pk),
        submitted_at=moment_after(days=240, microseconds=5),
    )
    announce(grants.active_award())
    for register in REGISTERS:
        registers.row(register)
    caller = ApiClient(official)
    formats = set()
    for name, resource in RESOURCES.items():
        answer = caller.get(f"{name}/").json()
        rows = answer["results"]
        assert rows, name
        keys = [row[resource.lookup_field] for row in rows]
        details = [caller.get(f"{name}/{key}/").json() for key in keys]
        formats |= set(moments([rows, details]))
    assert [each for each in formats if not SHAPE.fullmatch(each[1])] == []
    assert {name for name, _ in formats} == NAMES


def test_a_moment_without_microseconds_and_one_in_summer_are_told_alike() -> None:
    winter, summer = cases.submitted_expression(), cases.bid_in_development()
    assert MOMENT.microsecond == 0
    later = moment_after(days=240, microseconds=5)
    force_update(Bid.objects.filter(pk=summer.pk), opened_at=later)
    caller = ApiClient(users.official())
    [listed] = [
        row["submitted_at"]
        for row in caller.get("expressions/").json()["results"]
        if row["key"] == winter.key
    ]
    submitted_at = caller.get(f"expressions/{winter.key}/").json()["submitted_at"]
    assert listed == submitted_at == "2014-11-12T10:30:00.000000Z"
    opened_at = caller.get(f"bids/{summer.key}/").json()["opened_at"]
    assert opened_at == "2015-07-10T09:30:00.000005Z"


def test_texts_of_moments_are_in_the_order_of_the_moments() -> None:
    steps = [timedelta(days=days, microseconds=days % 3) for days in range(0, 400, 7)]
    texts = [format_utc(MOMENT + step) for step in steps]
    assert texts == sorted(texts)


def test_a_register_is_told_alike_to_a_stranger() -> None:
    for register in REGISTERS:
        registers.row(register)
        rows = Client().get(f"/api/v1/{register.name}/").json()["results"]
        assert all(SHAPE.fullmatch(text) for _, text in moments(rows))
