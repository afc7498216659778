"""The filter by state finds the bids that the reader is shown in that state."""

from typing import Any

import pytest

from bids import policies
from bids.domain.queries import bids as queries
from bids.states import BidState
from innovation.accounts.models import User
from tests.dates import DAY
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def ids_by_shown_state(reader: User) -> dict[str, list[int]]:
    """The ids of all bids of the reader, by what they are shown as."""
    rows: Any = queries.with_disclosed_state(policies.bids_for(reader), reader, on=DAY)
    keys_by_state: dict[str, list[int]] = {state: [] for state in BidState}
    for pk, state in rows.order_by("pk").values_list("pk", "disclosed_state"):
        keys_by_state[state].append(pk)
    return keys_by_state


def ids_by_filter(reader: User) -> dict[str, list[int]]:
    rows = queries.with_disclosed_state(policies.bids_for(reader), reader, on=DAY)
    rows_by_state = {
        state: queries.BidFilters(state=state).narrow(rows) for state in BidState
    }
    return {
        state: list(bids.order_by("pk").values_list("pk", flat=True))
        for state, bids in rows_by_state.items()
    }


def test_each_reader_finds_a_bid_by_the_state_it_is_shown_in() -> None:
    lead = users.organisation("Charity")
    created = [
        cases.bid_in_development(lead=lead),
        cases.submitted_bid(lead=lead),
        cases.returned_bid(lead=lead),
        cases.assessed_bid(lead=lead),
        cases.bid_at_board(lead=lead),
        grants.bid_with_minister(cases.assessed_bid(lead=lead)),
        grants.approved_bid(cases.assessed_bid(lead=lead)),
    ]
    applicant, official = cases.editor_of(lead), users.official()
    for reader in (applicant, official):
        assert ids_by_filter(reader) == ids_by_shown_state(reader)
        assert sum(map(len, ids_by_filter(reader).values())) == len(created)
    assert len(ids_by_filter(applicant)[BidState.ASSESSED]) == 4
    assert len(ids_by_filter(official)[BidState.WITH_MINISTER]) == 2
    assert not any(ids_by_filter(users.outsider()).values())
