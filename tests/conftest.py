"""What every test stands on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests import database

pytest_plugins = ["tests.browser.visitors", "tests.staged"]


def pytest_configure() -> None:
    # Passwords of made-up people need no hashing that takes a tenth of a second.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # WhiteNoise warns of a missing folder; without collected files there is none.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Tests that commit get a clean copy of the database: see `tests.database`."""
    TransactionTestCase._fixture_setup = classmethod(database.keep_copy)
    TransactionTestCase._fixture_teardown = database.put_back
    yield
    with django_db_blocker.unblock():
        database.end()


@pytest.fixture
def at() -> datetime:
    """The moment tests stand at, unless they say otherwise."""
    return datetime(2015, 2, 28, 12, 0, tzinfo=UTC)
