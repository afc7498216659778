"""The API shows no award before the day it is announced."""

from datetime import timedelta

import pytest

from funding.domain import announcements
from funding.models import Award
from innovation.core import clock
from innovation.core.clock import london_day
from tests.api.api_client import ApiClient
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def announce(award: Award, days: int = 0) -> Award:
    now = clock.now()
    on = london_day(now) + timedelta(days=days)
    return announcements.announce(award, on=on, by=users.grant_manager(), at=now)


def clients_of_readers(award: Award) -> list[ApiClient]:
    readers = [
        users.official(),
        users.analyst(),
        users.outsider(),
        grants.recipient_of(award),
    ]
    return [ApiClient(reader) for reader in readers]


def test_nobody_reads_an_award_that_is_not_announced() -> None:
    award = grants.active_award()
    for caller in clients_of_readers(award):
        assert caller.keys("awards/") == []
        assert caller.get(f"awards/{award.key}/").status_code == 404


def test_everybody_with_the_scope_reads_it_once_it_is() -> None:
    award = announce(grants.active_award())
    for caller in clients_of_readers(award):
        assert caller.keys("awards/") == [award.key]
        row = caller.get(f"awards/{award.key}/").json()
        assert (row["amount"], row["amount_precision"]) == ("8000.00", "exact")
        assert row["years"] == [{"financial_year": 2014, "amount": "8000.00"}]
        assert award.bid is not None
        assert row["bid"] == award.bid.key


def test_an_announcement_to_come_tells_nothing_yet() -> None:
    award = announce(grants.active_award(), days=1)
    assert award.bid is not None
    for caller in clients_of_readers(award)[:2]:
        assert caller.keys("awards/") == []
        assert caller.get(f"bids/{award.bid.key}/").json()["state"] == "with_minister"


def test_an_approval_is_not_told_before_its_award_is_announced() -> None:
    award = grants.active_award()
    bid = award.bid
    assert bid is not None
    official = ApiClient(users.official())
    assert cases.reload_bid(bid).state == "approved"
    assert official.get(f"bids/{bid.key}/").json()["state"] == "with_minister"
    assert official.keys("bids/", state="approved") == []
    assert official.keys("bids/", state="with_minister") == [bid.key]
    announce(award)
    assert official.keys("bids/", state="approved") == [bid.key]


def test_an_announcement_called_off_is_taken_back() -> None:
    award = announce(grants.active_award(), days=1)
    announcements.call_off(award, by=users.grant_manager(), at=clock.now())
    assert award.bid is not None
    row = ApiClient(users.official()).get(f"bids/{award.bid.key}/").json()
    assert row["state"] == "with_minister"


def test_awards_are_narrowed_by_the_day_of_their_announcement() -> None:
    award = announce(grants.active_award())
    assert award.announced_on is not None
    day = award.announced_on.isoformat()
    caller = ApiClient(users.analyst())
    assert caller.keys("awards/", announced_from=day, announced_to=day) == [award.key]
    tomorrow = (award.announced_on + timedelta(days=1)).isoformat()
    assert caller.keys("awards/", announced_from=tomorrow) == []
