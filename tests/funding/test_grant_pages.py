"""A grant's pages, from offer to closure, for each who has a part in it."""

from datetime import timedelta

import pytest

from funding.models import (
    Award,
    Payment,
)
from innovation.accounts.domain import memberships
from innovation.core import clock
from tests.dates import MOMENT
from tests.factories import grants, users
from tests.funding.page_requests import (
    client_for,
    date_fields,
    get_status,
    page_url,
    post_edit,
    post_form,
)
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def test_a_grant_goes_from_offer_to_closure_through_its_pages() -> None:
    bid, manager, finance = (
        grants.approved_bid(),
        users.grant_manager(),
        users.finance(),
    )
    assert bid.title in client_for(manager).get(page_url("awards")).content.decode()
    reply_by = clock.london_day(clock.now()) + timedelta(days=14)
    post_form(manager, "award-offer", bid, **date_fields("reply_by", reply_by))
    award = Award.objects.get()
    holder = grants.recipient_of(award)
    post_form(holder, "grant-accept", award, agreed="on")
    post_form(manager, "award-start", award)
    post_edit(
        manager,
        "award-plan-payments",
        award,
        amount_1="5000",
        amount_2="3000",
        **date_fields("due_1", grants.DUE_ON),
        **date_fields("due_2", grants.DUE_ON),
    )
    claimed, requested = Payment.objects.all()
    post_edit(holder, "grant-claim", claimed, spent="0")
    post_form(manager, "payment-request", requested)
    post_form(finance, "payment-refuse", requested, reason="No invoice.")
    post_form(manager, "payment-request", requested)
    for payment in (claimed, requested):
        post_form(finance, "payment-release", payment)
    post_form(finance, "payment-reconcile", claimed, bank_reference="BACS 7")
    post_form(finance, "payment-recover", requested, reason="Unspent.")
    post_form(manager, "award-suspend", award, reason="Checks.")
    post_form(manager, "award-resume", award)
    post_form(manager, "award-wind-down", award)
    post_form(manager, "award-close", award, lessons="Start small.")

    award.refresh_from_db()
    assert award.state == "closed"
    assert [p.state for p in Payment.objects.all()] == ["paid", "recovered"]
    for name in ("award", "award-money", "award-reports", "award-history"):
        assert get_status(manager, name, award) == 200
    for payment in (claimed, requested):
        assert get_status(finance, "payment", payment) == 200
    assert get_status(holder, "grant", award) == 200


def test_a_recipient_declines_and_a_manager_ends_early() -> None:
    offered, active = grants.offered_award(), grants.active_award()

    post_form(
        grants.recipient_of(offered), "grant-decline", offered, reason="No match."
    )
    post_form(users.grant_manager(), "award-terminate", active, reason="It stopped.")

    states = Award.objects.values_list("state", flat=True)
    assert sorted(states) == ["declined", "terminated"]


def test_a_manager_withdraws_an_offer_and_the_recipient_sees_the_reason() -> None:
    award, manager = grants.offered_award(), users.grant_manager()
    holder = grants.recipient_of(award)
    page = client_for(manager).get(page_url("award", award)).content.decode()
    assert page_url("award-withdraw", award) in page

    post_form(manager, "award-withdraw", award, reason="The round is closed.")

    award.refresh_from_db()
    assert award.state == "withdrawn"
    after = client_for(manager).get(page_url("award", award)).content.decode()
    assert "The round is closed." in after
    assert page_url("award-withdraw", award) not in after
    page = client_for(holder).get(page_url("grant", award)).content.decode()
    assert "Offer withdrawn" in page
    assert page_url("grant-accept", award) not in page


def test_the_recipient_sees_a_former_colleague_but_nobody_of_the_department() -> None:
    award, manager = grants.offered_award(), users.person("grant_manager", "applicant")
    holder = grants.recipient_of(award)
    colleague = users.viewer(not_none(award.lead))
    memberships.ask(organisation=not_none(award.lead), by=manager, at=MOMENT)
    post_form(holder, "grant-accept", award, agreed="on")
    post_form(manager, "award-start", award)
    holder.memberships.get().delete()
    page = client_for(colleague).get(page_url("grant", award)).content.decode()
    assert f"{holder} accepted the offer" in page
    assert "The department started" in page
    assert str(manager) not in page
