"""The whole demonstration, loaded once for all that is asked of it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoDbBlocker

from bids.domain import reference as registers
from funding.demonstration.load import load
from funding.domain import reference as history
from innovation.organisations.domain import reference as councils
from tests.loading import loaded_once

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def _demonstration(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with loaded_once(django_db_blocker):
        for loader in (councils, registers, history):
            loader.load(at=NOW)
        load(at=NOW)
        yield


@pytest.fixture
def at() -> datetime:
    return NOW
