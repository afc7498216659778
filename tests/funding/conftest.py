from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from bids.domain import registers as registers
from innovation.organisations.domain import council_data as councils
from tests.funding.historic_cases import AT
from tests.loading import loaded_once


@pytest.fixture(scope="module")
def known_names(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The councils and registers that a sheet of past cases names."""
    with loaded_once(django_db_blocker):
        for loader in (councils, registers):
            loader.load(at=AT)
        yield
