"""Nobody decides on money for an organisation they belong to."""

from collections.abc import Callable

import pytest

from bids.models import Bid
from funding.domain import awards, decisions
from funding.models import Award, Decision
from innovation.accounts.models import User
from innovation.core.errors import NotAllowed
from innovation.organisations.models import Organisation
from tests import cases, cast, grants
from tests.funding.visits import as_, at
from tests.unguarded import rewrite, unguarded

pytestmark = pytest.mark.django_db
Join = Callable[[User, Bid], None]


def lead(user: User, bid: Bid) -> None:
    cast.join(user, bid.lead, "viewer")


def partner(user: User, bid: Bid) -> None:
    helping: Organisation = cast.organisation("A partner")
    with unguarded(Bid.partners.through):
        bid.partners.add(helping)
    cast.join(user, helping, "viewer")


@pytest.mark.parametrize("join", [lead, partner])
def test_not_the_minister_s_office(join: Join) -> None:
    bid, both = grants.bid_with_minister(), cast.person("ministers_office", "applicant")
    join(both, bid)
    with pytest.raises(NotAllowed, match="somebody else must decide it"):
        decisions.approve(bid, amounts=grants.amounts(), by=both, at=grants.HELD)
    with pytest.raises(NotAllowed, match="somebody else must decide it"):
        decisions.decline(
            bid, feedback=cases.feedback(bid.round), by=both, at=grants.HELD
        )
    assert not Decision.objects.exists()
    decisions.approve(bid, amounts=grants.amounts(), by=cast.minister(), at=grants.HELD)


@pytest.mark.parametrize("join", [lead, partner])
def test_not_the_approver_of_a_seed_grant(join: Join) -> None:
    bid, both = cases.seed_bid(), cast.person("seed_approver", "applicant")
    join(both, bid)
    with pytest.raises(NotAllowed, match="belong to an organisation of this case"):
        decisions.approve(bid, amounts=grants.amounts(), by=both, at=grants.HELD)
    decisions.approve(bid, amounts=grants.amounts(), by=cast.approver(), at=grants.HELD)


@pytest.mark.parametrize("join", [lead, partner])
def test_not_the_manager_who_offers(join: Join) -> None:
    bid, both = grants.approved(), cast.person("grant_manager", "applicant")
    join(both, bid)
    answer = as_(both).post(at("award-offer", bid))
    assert answer.status_code == 403
    assert "somebody else must make the offer" in answer.content.decode()
    assert not Award.objects.exists()
    awards.offer(bid, by=cast.grant_manager(), at=grants.HELD)


def test_a_membership_not_confirmed_hinders_nobody() -> None:
    bid, both = grants.approved(), cast.person("grant_manager", "applicant")
    cast.join(both, bid.lead, "viewer")
    rewrite(both.memberships.all(), confirmed_at=None, confirmed_by="")
    assert awards.offer(bid, by=both, at=grants.HELD).bid == bid
