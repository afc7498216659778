"""The real councils, loaded once for each module that asks."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoDbBlocker

from innovation.organisations.domain import councils as council_data
from innovation.organisations.domain.queries.councils import Directory
from tests.database_guards import check_deferred_constraints
from tests.module_data import module_transaction


@pytest.fixture(scope="module")
def councils(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Directory]:
    with module_transaction(django_db_blocker):
        council_data.load(at=datetime(2015, 2, 28, 12, 0, tzinfo=UTC))
        check_deferred_constraints()
        yield Directory.load()
