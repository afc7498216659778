from collections.abc import Iterator

import pytest

from tests.dev.checkout import Checkout


@pytest.fixture
def checkout() -> Iterator[Checkout]:
    checkout = Checkout()
    try:
        yield checkout
    finally:
        checkout.close()
