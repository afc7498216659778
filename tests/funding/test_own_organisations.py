"""Nobody decides on money for an organisation they belong to."""

from collections.abc import Callable

import pytest

from bids.models import Bid
from funding.domain import awards, decisions
from funding.models import Award, Decision
from innovation.accounts.models import User
from innovation.core.errors import NotAllowed
from innovation.organisations.models import Organisation
from tests.database_guards import disable_guards, force_update
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for, page_url

pytestmark = pytest.mark.django_db
Join = Callable[[User, Bid], None]


def lead(user: User, bid: Bid) -> None:
    users.join(user, bid.lead, "viewer")


def partner(user: User, bid: Bid) -> None:
    helping_partner: Organisation = users.organisation("A partner")
    with disable_guards(Bid.partners.through):
        bid.partners.add(helping_partner)
    users.join(user, helping_partner, "viewer")


@pytest.mark.parametrize("join", [lead, partner])
def test_the_ministers_office_does_not_decide_on_its_own_organisation(
    join: Join,
) -> None:
    bid, both = (
        grants.bid_with_minister(),
        users.person("ministers_office", "applicant"),
    )
    join(both, bid)
    with pytest.raises(NotAllowed, match="somebody else must decide it"):
        decisions.approve(bid, amounts=grants.amounts(), by=both, at=grants.MEETING_AT)
    with pytest.raises(NotAllowed, match="somebody else must decide it"):
        decisions.decline(
            bid, feedback=cases.feedback(bid.round), by=both, at=grants.MEETING_AT
        )
    assert not Decision.objects.exists()
    decisions.approve(
        bid, amounts=grants.amounts(), by=users.minister(), at=grants.MEETING_AT
    )


@pytest.mark.parametrize("join", [lead, partner])
def test_the_seed_approver_does_not_decide_on_their_own_organisation(
    join: Join,
) -> None:
    bid, both = cases.seed_bid(), users.person("seed_approver", "applicant")
    join(both, bid)
    with pytest.raises(NotAllowed, match="belong to an organisation of this case"):
        decisions.approve(bid, amounts=grants.amounts(), by=both, at=grants.MEETING_AT)
    decisions.approve(
        bid, amounts=grants.amounts(), by=users.approver(), at=grants.MEETING_AT
    )


@pytest.mark.parametrize("join", [lead, partner])
def test_the_grant_manager_does_not_offer_to_their_own_organisation(join: Join) -> None:
    bid, both = grants.approved_bid(), users.person("grant_manager", "applicant")
    join(both, bid)
    response = client_for(both).post(page_url("award-offer", bid))
    assert response.status_code == 403
    assert "somebody else must make the offer" in response.content.decode()
    assert not Award.objects.exists()
    awards.offer(bid, by=users.grant_manager(), at=grants.MEETING_AT)


def test_an_unconfirmed_membership_does_not_count() -> None:
    bid, both = grants.approved_bid(), users.person("grant_manager", "applicant")
    users.join(both, bid.lead, "viewer")
    force_update(both.memberships.all(), confirmed_at=None, confirmed_by="")
    assert awards.offer(bid, by=both, at=grants.MEETING_AT).bid == bid
