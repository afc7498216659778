"""Factories for the names of `url_params.py`: in the user’s scope, and outside it.

There is a module for each app. `SHARED` has the factories that are called once for all
users, `PERSONAL` those that are called for each user, who has objects of their own.

The first case is led by the applicant's organisation and assigned to the coach. The
second is another organisation's, without an assignment. The Board member is invited
only to the first meeting, and has declared an interest in the second paper.
"""

from tests.access.factories import (
    accounts,
    bids,
    contact,
    dashboard,
    funding,
    notifications,
    registers,
    reporting,
)
from tests.access.scenario import Factory, KeyPair, Scenario

SHARED: dict[str, Factory] = {
    **accounts.SHARED,
    **bids.SHARED,
    **contact.SHARED,
    **funding.SHARED,
    **notifications.SHARED,
    **registers.SHARED,
}
PERSONAL: dict[str, Factory] = {
    **accounts.PERSONAL,
    **bids.PERSONAL,
    **dashboard.PERSONAL,
    **funding.PERSONAL,
    **notifications.PERSONAL,
    **reporting.PERSONAL,
}


def key_pair(stage: Scenario, noun: str, column: str) -> KeyPair:
    user = stage.people.get(column) or stage.people["administrator"]
    owner = column if noun in PERSONAL else ""
    if (noun, owner) not in stage.key_pairs:
        stage.key_pairs[noun, owner] = (SHARED | PERSONAL)[noun](stage, user)
    return stage.key_pairs[noun, owner]
