"""Pages of the answering side after their last step ask no more than before it. Of all
pages as they are used, the numbers are in `tests/access/query_counts.py`.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bids.models import Bid
from innovation.accounts.models import User
from tests.factories import grants, users
from tests.funding.page_requests import client_for, page_url

pytestmark = pytest.mark.django_db
MAX_QUERIES = 15
"""Three of them for the weighted result of the bid."""


def query_count(person: User | None, name: str, row: Any = None) -> int:
    client = client_for(person)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page_url(name, row))
    assert response.status_code == 200
    return len(queries)


def test_a_paper_the_board_has_advised_on() -> None:
    item = grants.recommendation().item
    assert query_count(users.secretary(), "paper", item) <= MAX_QUERIES


@pytest.mark.parametrize("make", [grants.bid_with_minister, grants.approved_bid])
def test_a_decision(make: Callable[[], Bid]) -> None:
    assert query_count(users.minister(), "decision", make()) <= MAX_QUERIES


def test_a_payment() -> None:
    assert query_count(users.finance(), "payment", grants.paid_payment()) <= MAX_QUERIES
