from collections.abc import Callable

import pytest

from tests.browser.fixtures import Visit, Visitor
from tests.journeys.page_actor import PageActor

ActorFactory = Callable[[str], PageActor]


@pytest.fixture
def cast(demonstration: None, visit: Visit) -> ActorFactory:
    """`cast("official")` is signed in the first time; without JavaScript."""
    present: dict[str, PageActor] = {}

    def actor(part: str) -> PageActor:
        if part not in present:
            visitor: Visitor = visit(javascript=False)
            present[part] = PageActor(visitor)
            present[part].sign_in(part)
        return present[part]

    return actor
