import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from dev import clamav
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Chain
from tests.documents.daemon import Daemon
from tests.factories import users


@pytest.fixture(scope="session")
def running_daemon() -> Iterator[Daemon]:
    require_clamav()
    daemon = Daemon()
    try:
        daemon.start()
        yield daemon
    finally:
        daemon.remove()


@pytest.fixture
def clamd(own_folder: None, running_daemon: Daemon, settings: Settings) -> Daemon:
    settings.CLAMD = running_daemon.address
    return running_daemon


@pytest.fixture
def own_clamd(own_folder: None, settings: Settings) -> Iterator[Daemon]:
    """One to be killed; not yet started."""
    require_clamav()
    daemon = Daemon()
    settings.CLAMD = daemon.address
    yield daemon
    daemon.remove()


def require_clamav() -> None:
    if clamav.program() is None:
        if os.environ.get("REQUIRE_CLAMAV") == "1":
            pytest.fail(clamav.NOT_FOUND)
        pytest.skip(clamav.NOT_FOUND)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> None:
    """And no scanner but that of the test, whatever this machine has."""
    settings.MEDIA_ROOT = tmp_path
    settings.CLAMD = ""


@pytest.fixture
def adder(db: None) -> User:
    return users.account("adder@example.org", roles=["applicant"])


@pytest.fixture
def chain(db: None) -> Chain:
    return events.open_chain(Chain.Kind.CASE)
