from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from bids.domain import registers as registers
from funding.domain import historic_awards
from funding.models import ImportedCase
from innovation.accounts.models import User
from innovation.organisations.domain import councils
from tests.database_guards import check_deferred_constraints
from tests.factories import users
from tests.funding.case_corrections import imported
from tests.funding.historic_cases import IMPORTED_AT, apply_import
from tests.funding.sheets import AWARD
from tests.module_data import module_transaction


@pytest.fixture(scope="module")
def known_names(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The councils and registers that a sheet of past cases names."""
    with module_transaction(django_db_blocker):
        for loader in (councils, registers):
            loader.load(at=IMPORTED_AT)
        check_deferred_constraints()
        yield


@pytest.fixture(scope="module")
def published_history(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The councils and registers, and the history of the programme."""
    with module_transaction(django_db_blocker):
        for loader in (councils, registers, historic_awards):
            loader.load(at=datetime(2015, 2, 28, 12, 0, tzinfo=UTC))
        check_deferred_constraints()
        yield


@pytest.fixture
def official() -> User:
    return users.official()


@pytest.fixture
def award(official: User) -> ImportedCase:
    """An imported award: use it with `known_names`."""
    apply_import(official, AWARD)
    return imported("award")


@pytest.fixture
def own_folder(tmp_path: Path, settings: Settings) -> None:
    """A folder for the files of one test."""
    settings.MEDIA_ROOT = tmp_path
