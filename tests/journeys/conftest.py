from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.visitors import Visitor
from tests.journeys.page_actor import Hands

Cast = Callable[[str], Hands]


@pytest.fixture
def cast(demonstration: None, visit: Any) -> Cast:
    """`cast("official")` is signed in the first time; without JavaScript."""
    present: dict[str, Hands] = {}

    def hands(part: str) -> Hands:
        if part not in present:
            visitor: Visitor = visit(javascript=False)
            present[part] = Hands(visitor)
            present[part].sign_in(part)
        return present[part]

    return hands
