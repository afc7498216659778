from collections.abc import Iterator

import pytest

from tests.dev.checkout import Checkout


@pytest.fixture
def checkout() -> Iterator[Checkout]:
    made = Checkout()
    try:
        yield made
    finally:
        made.close()
