from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from innovation.accounts.models import User
from innovation.notifications.models import Letter
from tests.factories import users

QUEUED_AT = datetime(2015, 2, 27, 12, 0, tzinfo=UTC)
GATEWAYS = "tests.notifications.gateways"


@pytest.fixture
def reader(db: None) -> User:
    return users.account("reader@example.org", roles=["applicant"])


@pytest.fixture
def outsider(db: None) -> User:
    return users.account("outsider@example.org", roles=["applicant"])


@pytest.fixture
def administrator(db: None) -> User:
    return users.account("admin@example.org", roles=["administrator"])


@pytest.fixture
def gateway(settings: Settings) -> Callable[[str], None]:
    def choose(name: str) -> None:
        settings.LETTER_GATEWAY = f"{GATEWAYS}.{name}"

    return choose


def expire_lease(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        lease_until=datetime.now(tz=UTC) - timedelta(seconds=1)
    )
