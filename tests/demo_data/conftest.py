"""The whole demonstration, loaded once for all tests of this folder."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoDbBlocker

from bids.domain import registers as registers
from funding.demo_data.load import load
from funding.domain import historic_awards as history
from innovation.organisations.domain import councils
from tests.database_guards import check_deferred_constraints
from tests.module_data import module_transaction

NOW = datetime(2026, 11, 21, 23, 40, tzinfo=UTC)
"""So late that the same hour of a day in summer belongs to the next day in London."""


@pytest.fixture(scope="package", autouse=True)
def _demonstration(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with module_transaction(django_db_blocker):
        for loader in (councils, registers, history):
            loader.load(at=NOW)
        load(at=NOW)
        check_deferred_constraints()
        yield


@pytest.fixture
def at() -> datetime:
    return NOW
