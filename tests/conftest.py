"""Fixtures of all tests."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker

from innovation.audit.guards import declarations
from innovation.core import statements
from innovation.registers import banner
from innovation.web.assets import Assets
from tests import database_copies

pytest_plugins = ["tests.browser.fixtures", "tests.demo_fixtures", "tests.drives"]
_COLLECTED = Path(settings.STATIC_ROOT)
TESTS_BETWEEN_VACUUMS = 100
LONGEST = ("tests/browser/test_every_page", "tests/journeys", "tests/access")
"""Where the tests are that take a minute and more."""
_TESTS = pytest.StashKey[int]()
"""How many this process has run since it last vacuumed."""


def pytest_configure(config: pytest.Config) -> None:
    # Wherever a query is kept, it is compared with the one that Django writes. To do so
    # for all values takes a tenth of the time of the tests: `make soak` does.
    is_soak = config.getoption("--hypothesis-profile") == "soak"
    statements.comparisons = 1_000 if is_soak else 5
    # Passwords of made-up people need no hashing that takes a tenth of a second.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # WhiteNoise warns of a missing folder; without collected files there is none.
    _COLLECTED.mkdir(parents=True, exist_ok=True)
    _scan_static_files_once()
    _read_streams_at_once()


def _scan_static_files_once() -> None:
    """Each client of a test loads the middleware, which looks at every static file: a
    tenth of the time of tests that open pages. Nothing is collected meanwhile.
    """
    assets: Any = Assets
    scan = assets.update_files_dictionary
    found: dict[str, Any] = {}

    def update_files_dictionary(self: Any, root: str, prefix: str) -> None:
        if not Path(root).samefile(_COLLECTED):
            scan(self, root, prefix)
            return
        if not found:
            scan(self, root, prefix)
            found.update(self.files)
        self.files.update(found)

    assets.update_files_dictionary = update_files_dictionary


def _read_streams_at_once() -> None:
    """A server reads a streamed answer to its end, and closes it. The test client does
    so only if the test reads it: otherwise a CSV holds the connection of the test, and
    the garbage collector closes it during a later one.
    """
    client: Any = Client
    send = client.request

    def request(self: Any, **environ: Any) -> Any:
        response = send(self, **environ)
        if response.streaming:
            response.streaming_content = [response.getvalue()]
        return response

    client.request = request


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Replaces pytest-django’s fixture: a copy of the migrated template, and a new copy
    after each test that commits.
    """
    case: Any = TransactionTestCase
    case._fixture_setup = classmethod(lambda case: None)
    case._fixture_teardown = database_copies.restore_clean_copy
    with django_db_blocker.unblock():
        database_copies.create()
    yield
    with django_db_blocker.unblock():
        database_copies.drop()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    yield
    stash = item.session.stash
    stash[_TESTS] = stash.get(_TESTS, 0) + 1
    # The rows of a module are in a transaction, whose locks it would wait for.
    if stash[_TESTS] >= TESTS_BETWEEN_VACUUMS and not connection.in_atomic_block:
        database_copies.vacuum()
        stash[_TESTS] = 0


@receiver(pre_save)
def _require_update_fields(
    instance: Model, update_fields: frozenset[str] | None, **options: object
) -> None:
    """Refuse `save()` without `update_fields`: the application's user cannot write
    columns that never change, but the tests run as the owner, who can.
    """
    guard = declarations().guards.get(instance._meta.db_table)
    if guard is None or guard.whole_rows or instance._state.adding:
        return
    if update_fields is None:
        raise AssertionError(f"save(update_fields=…) the {instance._meta.verbose_name}")


@pytest.fixture(autouse=True)
def no_service_notices() -> None:
    """Clear the cached notices of the process; tests about them use `banner.keep`."""
    banner.keep((), seconds=86_400)


@pytest.fixture
def no_kept_statements() -> Iterator[None]:
    """For a test that puts another policy in place: queries are written anew."""
    statements.drop_all()
    yield
    statements.drop_all()


@pytest.fixture
def at() -> datetime:
    """The usual time of a test."""
    return datetime(2015, 2, 28, 12, 0, tzinfo=UTC)
