"""The demonstration as a fixture: loaded once, and restored for each test.

Its current cases use the real date, because pages read the clock and their rounds must
be open.
"""

import pytest
from pytest_django import DjangoDbBlocker

from bids.domain import registers as registers
from funding.demo_data.load import load
from funding.domain import historic_awards as history
from innovation.accounts.models import User
from innovation.core import clock
from innovation.organisations.domain import councils
from tests import database_copies, rare_cases

DEMONSTRATION = "demonstration"


@pytest.fixture(scope="session")
def _demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        now = clock.now()
        for loader in (councils, registers, history):
            loader.load(at=now)
        load(at=now)
        rare_cases.add_rare_cases()
        database_copies.save_copy(DEMONSTRATION)
        database_copies.restore_clean_copy()


@pytest.fixture
def demonstration(_demonstration: None, transactional_db: None) -> None:
    """The demonstration's data, and the cases of `tests.rare_cases`."""
    database_copies.restore_copy(DEMONSTRATION)


def demo_user(part: str) -> User:
    """A user of the demonstration: `demo_user("official")`."""
    return User.objects.get(email=f"{part}@example.org")
