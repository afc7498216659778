"""No page of the answering side asks the database more as its rows grow."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bids.models import Bid, Outcome
from funding.domain import (
    announcements,
    awards,
    evaluations,
    interests,
    monitoring,
    opinions,
    payments,
)
from funding.domain.evaluations import FindingDetails
from funding.domain.payments import Instalment
from funding.models import Award
from innovation.accounts.models import User
from innovation.core.money import Money
from tests.database_guards import disable_guards
from tests.dates import MOMENT
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for, page_url
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
MAX_QUERIES = 10


def query_count(person: User | None, name: str, thing: Any = None) -> int:
    client = client_for(person)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page_url(name, thing))
    assert response.status_code == 200
    return len(queries)


def assert_same_query_count(
    add: Callable[[], object], person: User | None, name: str, thing: Any = None
) -> None:
    add()
    query_count(person, name, thing)  # The first page of a process reads its choices.
    one = query_count(person, name, thing)
    add()
    add()
    three = query_count(person, name, thing)

    assert one == three
    assert three <= MAX_QUERIES


def test_the_list_of_meetings() -> None:
    member = users.member()
    assert_same_query_count(
        lambda: grants.meeting(members=[member], quorum=1), member, "meetings"
    )


def test_a_meetings_agenda() -> None:
    meeting, secretary = grants.meeting(), users.secretary()
    assert_same_query_count(
        lambda: grants.agenda_item(board_meeting=meeting, papers=False),
        secretary,
        "meeting",
        meeting,
    )


def test_a_paper_with_its_views_and_interests() -> None:
    members = grants.board_members(7)
    item, secretary = grants.agenda_item(members=members), users.secretary()
    waiting = iter(members)

    def add() -> None:
        declares, views = next(waiting), next(waiting)
        interests.declare(
            item.bid,
            member=declares,
            nature="A friend.",
            mitigation="leaves",
            by=declares,
            at=MOMENT,
        )
        opinions.give(item, text="Promising.", by=views, at=MOMENT)

    assert_same_query_count(add, secretary, "paper", item)


def test_a_paper_the_board_has_advised_on() -> None:
    item = grants.recommendation().item
    assert query_count(users.secretary(), "paper", item) <= MAX_QUERIES


def test_the_register_of_interests() -> None:
    def add() -> None:
        item = grants.agenda_item()
        member = not_none(item.meeting.members.first())
        interests.declare(
            item.bid,
            member=member,
            nature="A friend.",
            mitigation="leaves",
            by=member,
            at=MOMENT,
        )

    assert_same_query_count(add, users.secretary(), "interests")


def test_the_list_of_decisions() -> None:
    assert_same_query_count(grants.bid_with_minister, users.minister(), "decisions")


@pytest.mark.parametrize("make", [grants.bid_with_minister, grants.approved_bid])
def test_a_decision(make: Callable[[], Bid]) -> None:
    assert query_count(users.minister(), "decision", make()) <= MAX_QUERIES


def test_the_list_of_awards() -> None:
    def add() -> None:
        grants.active_award()
        grants.approved_bid()

    assert_same_query_count(add, users.grant_manager(), "awards")


def award_with_rows(rows: int) -> Award:
    """An award with `rows` of everything its pages show."""
    award, manager = grants.active_award(), users.grant_manager()
    holder = grants.recipient_of(award)
    pence = not_none(award.amount).pence
    share = pence // rows
    shares = [share] * (rows - 1) + [pence - share * (rows - 1)]
    plan = [Instalment(Money(share), grants.DUE_ON) for share in shares]
    for payment in payments.plan(
        award, instalments=plan, by=manager, at=grants.MEETING_AT
    ):
        payments.request(payment, by=users.grant_manager(), at=grants.MEETING_AT)
        payments.release(payment, by=users.finance(), at=grants.MEETING_AT)
    evaluations.agree(
        award, evaluator=users.organisation(), by=manager, at=grants.MEETING_AT
    )
    for number in range(rows):
        with disable_guards(Outcome, Award.councils.through):
            outcome = not_none(award.bid).outcomes.create(
                description="Moves", measure="Moves"
            )
            award.councils.add(users.council())
        report = monitoring.ask(
            award,
            period=f"{number}",
            due_on=grants.DUE_ON,
            by=manager,
            at=grants.MEETING_AT,
        )
        monitoring.hand_in(
            report,
            progress="Well.",
            actuals={outcome.pk: Decimal(1)},
            by=holder,
            at=grants.MEETING_AT,
        )
        grants.variation(award)
        evaluations.publish(
            award,
            title=f"Report {award.key} {number}",
            published_on=grants.MEETING_AT.date(),
            source="example.org",
            findings=[FindingDetails("Moves", "better", "strong")] * rows,
            by=manager,
            at=grants.MEETING_AT,
        )
    announcements.announce(
        award, on=grants.MEETING_AT.date(), by=manager, at=grants.MEETING_AT
    )
    return award


@pytest.mark.parametrize(
    "name", ["award", "award-money", "award-reports", "award-history"]
)
def test_an_awards_pages(name: str) -> None:
    manager = users.grant_manager()
    one, three = (
        query_count(manager, name, award_with_rows(1)),
        query_count(manager, name, award_with_rows(3)),
    )

    assert one == three
    assert three <= MAX_QUERIES


def test_a_recipients_grant() -> None:
    few, many = award_with_rows(1), award_with_rows(3)
    one = query_count(grants.recipient_of(few), "grant", few)
    three = query_count(grants.recipient_of(many), "grant", many)

    assert one == three
    assert three <= MAX_QUERIES


def test_a_recipients_list_of_grants() -> None:
    holder = users.applicant()
    lead = users.organisation_of(holder)
    assert_same_query_count(
        lambda: grants.offered_award(cases.assessed_bid(lead=lead)), holder, "grants"
    )


def test_the_payments_that_wait() -> None:
    assert_same_query_count(grants.requested_payment, users.finance(), "payments")


def test_a_payment() -> None:
    assert query_count(users.finance(), "payment", grants.paid_payment()) <= MAX_QUERIES


@pytest.mark.parametrize("name", ["projects", "evaluations"])
def test_the_publics_lists(name: str) -> None:
    assert_same_query_count(lambda: award_with_rows(1), None, name)


def test_a_project() -> None:
    assert query_count(None, "project", award_with_rows(1)) == query_count(
        None, "project", award_with_rows(3)
    )
    assert query_count(None, "project", award_with_rows(3)) <= MAX_QUERIES


def test_forms_with_many_choices() -> None:
    secretary, manager = users.secretary(), users.grant_manager()
    item = grants.discussed_item(grants.agenda_item())
    assert query_count(secretary, "meeting-plan") <= MAX_QUERIES
    assert query_count(secretary, "interest-record") <= MAX_QUERIES
    assert query_count(secretary, "paper-recommend", item) <= MAX_QUERIES
    award = awards.offer(grants.approved_bid(), by=manager, at=grants.MEETING_AT)
    assert query_count(manager, "award-evaluator", award) <= MAX_QUERIES
