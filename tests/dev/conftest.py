from collections.abc import Iterator

import pytest

from tests.dev.stage import Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    try:
        yield made
    finally:
        made.close()
