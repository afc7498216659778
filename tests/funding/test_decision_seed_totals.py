"""At most £10,000 given in seed grants an organisation and financial year, also in a
race: each bid may ask for another year than the one it is approved for.
"""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from bids.domain import expressions
from bids.models import Bid, MoneyAsked
from bids.models.round import Route
from funding.domain import awards, decisions
from funding.models import Decision, MoneyLine
from innovation.core.money import Money
from innovation.organisations.models import Organisation
from tests.concurrency import run_concurrently
from tests.database_guards import change_function, force_update
from tests.dates import MOMENT
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for, page_url

pytestmark = pytest.mark.django_db


def waiting_bids(*years: int, lead: Organisation | None = None) -> list[Bid]:
    """Seed bids of one organisation for £8,000, each in a round of its own with an
    envelope for 2014.
    """
    lead = lead or users.council_organisation()
    return [seed_bid_for_year(year, lead) for year in years]


def seed_bid_for_year(year: int, lead: Organisation) -> Bid:
    draft = cases.draft(round=cases.round_(Route.SEED), lead=lead)
    MoneyAsked.objects.filter(expression=draft).update(financial_year=year)
    by = cases.editor_of(lead)
    expression = expressions.submit(draft, by=by, at=MOMENT)
    official = users.official()
    return expressions.take_forward(expression, by=official, at=MOMENT)


def approve(bid: Bid, pounds: int, year: int = 2014) -> Decision:
    with transaction.atomic():
        return decisions.approve(
            bid,
            amounts=grants.amounts(pounds, year),
            by=users.approver(),
            at=grants.MEETING_AT,
        )


def approved_total(year: int = 2014) -> Money:
    lines = MoneyLine.objects.filter(status="approved", financial_year=year)
    return sum((line.amount for line in lines), Money(0))


def test_seed_grants_reach_the_limit_but_do_not_pass_it() -> None:
    one, other, third = waiting_bids(2014, 2015, 2016)
    approve(one, 8_000)
    approve(other, 2_000)

    with pytest.raises(IntegrityError, match="seed grants given"):
        approve(third, 1)

    assert approved_total() == Money.pounds(10_000)
    assert not Decision.objects.filter(bid=third).exists()


def test_the_limit_is_for_each_organisation() -> None:
    for each in (*waiting_bids(2014), *waiting_bids(2014)):
        approve(each, 8_000)

    assert approved_total() == Money.pounds(16_000)


def test_returned_money_does_not_count_towards_the_seed_limit() -> None:
    one, other = waiting_bids(2014, 2015)
    approve(one, 8_000)
    award = awards.offer(one, by=users.grant_manager(), at=grants.MEETING_AT)
    awards.decline(
        award, reason="No.", by=grants.recipient_of(award), at=grants.MEETING_AT
    )

    approve(other, 8_000)

    assert approved_total() == Money.pounds(8_000)


def test_other_routes_have_no_seed_limit() -> None:
    lead = users.council_organisation()
    for _ in range(2):
        grants.approved_bid(cases.assessed_bid(lead=lead))

    assert approved_total() == Money.pounds(16_000)


def test_the_database_refuses_a_change_above_the_seed_limit() -> None:
    one, other = waiting_bids(2014, 2015)
    approve(one, 8_000)
    approve(other, 2_000)

    lines = MoneyLine.objects.filter(bid=other, status="approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        force_update(lines, amount=Money.pounds(2_001))


def test_the_page_shows_the_seed_limit_and_keeps_what_was_typed() -> None:
    one, other = waiting_bids(2014, 2015)
    approve(one, 8_000)

    response = client_for(users.approver()).post(
        page_url("decision-approve", other), {"amount_2014": "7999"}
    )

    assert response.status_code == 422
    text = response.content.decode()
    assert "at most £10,000 in seed grants in a financial year" in text
    assert 'value="7999"' in text


def approval_calls() -> list[Callable[[], Decision]]:
    return [
        partial(approve, bid, 4_000) for bid in waiting_bids(2014, 2015, 2016, 2017)
    ]


@pytest.mark.django_db(transaction=True)
def test_simultaneous_approvals_cannot_exceed_the_seed_limit() -> None:
    outcomes = run_concurrently(approval_calls())

    assert sorted(type(each).__name__ for each in outcomes) == [
        *["Decision"] * 2,
        *["IntegrityError"] * 2,
    ]
    assert approved_total() == Money.pounds(8_000)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_more_would_pass() -> None:
    """The control: each counts before any of them has committed."""
    lock = (
        "PERFORM 1 FROM organisations_organisation WHERE id = recipient "
        "FOR NO KEY UPDATE;"
    )
    end = "    RETURN NULL;\nEND $function$"
    calls = approval_calls()
    change_function(
        "funding_seed_given", (lock, ""), (end, f"    PERFORM pg_sleep(1);\n{end}")
    )
    outcomes = run_concurrently(calls)
    assert sum(isinstance(each, Decision) for each in outcomes) > 2
    assert approved_total() > Money.pounds(10_000)
