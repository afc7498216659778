"""No page of the answering side asks the database more as its rows grow."""

from collections.abc import Callable
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
from funding.domain.evaluations import Found
from funding.domain.payments import Instalment
from funding.models import Award
from innovation.accounts.models import User
from innovation.core.money import Money
from tests import cases, cast, grants
from tests.funding.visits import as_, at
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
MOST = 10


def queries(person: User | None, name: str, thing: Any = None) -> int:
    client = as_(person)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(at(name, thing))
    assert answer.status_code == 200
    return len(asked)


def same_at_one_and_three(
    add: Callable[[], object], person: User | None, name: str, thing: Any = None
) -> None:
    add()
    one = queries(person, name, thing)
    add()
    add()
    three = queries(person, name, thing)

    assert one == three
    assert three <= MOST


def test_the_list_of_meetings() -> None:
    member = cast.member()
    same_at_one_and_three(
        lambda: grants.meeting(members=[member], quorum=1), member, "meetings"
    )


def test_a_meetings_agenda() -> None:
    meeting, secretary = grants.meeting(), cast.secretary()
    same_at_one_and_three(
        lambda: grants.item(on=meeting, papers=False), secretary, "meeting", meeting
    )


def test_a_paper_with_its_views_and_interests() -> None:
    members = grants.board(7)
    item, secretary = grants.item(members=members), cast.secretary()
    waiting = iter(members)

    def add() -> None:
        declares, views = next(waiting), next(waiting)
        interests.declare(
            item.bid,
            member=declares,
            nature="A friend.",
            mitigation="leaves",
            by=declares,
            at=grants.MOMENT,
        )
        opinions.give(item, text="Promising.", by=views, at=grants.MOMENT)

    same_at_one_and_three(add, secretary, "paper", item)


def test_a_paper_the_board_has_advised_on() -> None:
    item = grants.advised().item
    assert queries(cast.secretary(), "paper", item) <= MOST


def test_the_register_of_interests() -> None:
    def add() -> None:
        item = grants.item()
        member = item.meeting.members.first()
        interests.declare(
            item.bid,
            member=member,
            nature="A friend.",
            mitigation="leaves",
            by=member,
            at=grants.MOMENT,
        )

    same_at_one_and_three(add, cast.secretary(), "interests")


def test_the_list_of_decisions() -> None:
    same_at_one_and_three(grants.bid_with_minister, cast.minister(), "decisions")


@pytest.mark.parametrize("make", [grants.bid_with_minister, grants.approved])
def test_a_decision(make: Callable[[], Bid]) -> None:
    assert queries(cast.minister(), "decision", make()) <= MOST


def test_the_list_of_awards() -> None:
    def add() -> None:
        grants.active()
        grants.approved()

    same_at_one_and_three(add, cast.grant_manager(), "awards")


def running(rows: int) -> Any:
    """An award with `rows` of everything its pages show."""
    award, manager = grants.active(), cast.grant_manager()
    holder = grants.holder(award)
    each = Money(award.amount.pence // rows)
    shares = [each] * (rows - 1) + [Money(award.amount.pence - each.pence * (rows - 1))]
    plan = [Instalment(share, grants.DUE) for share in shares]
    for payment in payments.plan(award, instalments=plan, by=manager, at=grants.HELD):
        payments.request(payment, by=cast.grant_manager(), at=grants.HELD)
        payments.release(payment, by=cast.finance(), at=grants.HELD)
    evaluations.agree(award, evaluator=cast.organisation(), by=manager, at=grants.HELD)
    for number in range(rows):
        with unguarded(Outcome, Award.councils.through):
            outcome = award.bid.outcomes.create(description="Moves", measure="Moves")
            award.councils.add(cast.council())
        report = monitoring.ask(
            award, period=f"{number}", due_on=grants.DUE, by=manager, at=grants.HELD
        )
        monitoring.hand_in(
            report, progress="Well.", actuals={outcome.pk: 1}, by=holder, at=grants.HELD
        )
        grants.variation(award)
        evaluations.publish(
            award,
            title=f"Report {award.key} {number}",
            published_on=grants.HELD.date(),
            source="example.org",
            findings=[Found("Moves", "better", "strong")] * rows,
            by=manager,
            at=grants.HELD,
        )
    announcements.announce(award, on=grants.HELD.date(), by=manager, at=grants.HELD)
    return award


@pytest.mark.parametrize(
    "name", ["award", "award-money", "award-reports", "award-history"]
)
def test_an_awards_pages(name: str) -> None:
    manager = cast.grant_manager()
    one, three = queries(manager, name, running(1)), queries(manager, name, running(3))

    assert one == three
    assert three <= MOST


def test_a_recipients_grant() -> None:
    few, many = running(1), running(3)
    one = queries(grants.holder(few), "grant", few)
    three = queries(grants.holder(many), "grant", many)

    assert one == three
    assert three <= MOST


def test_a_recipients_list_of_grants() -> None:
    holder = cast.applicant()
    lead = cast.organisation_of(holder)
    same_at_one_and_three(
        lambda: grants.offered(cases.bid_assessed(lead=lead)), holder, "grants"
    )


def test_the_payments_that_wait() -> None:
    same_at_one_and_three(grants.requested, cast.finance(), "payments")


def test_a_payment() -> None:
    assert queries(cast.finance(), "payment", grants.paid()) <= MOST


@pytest.mark.parametrize("name", ["projects", "evaluations"])
def test_the_publics_lists(name: str) -> None:
    same_at_one_and_three(lambda: running(1), None, name)


def test_a_project() -> None:
    assert queries(None, "project", running(1)) == queries(None, "project", running(3))
    assert queries(None, "project", running(3)) <= MOST


def test_the_forms_with_most_to_choose_from() -> None:
    secretary, manager = cast.secretary(), cast.grant_manager()
    item = grants.held(grants.item())
    assert queries(secretary, "meeting-plan") <= MOST
    assert queries(secretary, "interest-record") <= MOST
    assert queries(secretary, "paper-recommend", item) <= MOST
    award = awards.offer(grants.approved(), by=manager, at=grants.HELD)
    assert queries(manager, "award-evaluator", award) <= MOST
