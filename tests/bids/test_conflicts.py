"""A case with a conflict of interest is closed, and so are cases merged into it."""

import pytest
from django.db.models import Exists, QuerySet

from bids import conflicts, policies
from bids.domain import bids, expressions
from bids.models import Bid, Expression
from innovation.accounts.models import User
from innovation.core.registry import Registry
from innovation.notifications import letters
from innovation.notifications.models import Letter
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


class ClosedBid:
    """A rule that closes one bid to one person."""

    def __init__(self) -> None:
        self.bid = cases.bid_in_development()
        self.person = users.person("official", "applicant")
        self.person.declared_interest = True
        self.person.save(update_fields=["declared_interest"])

    def bids(self, user: User) -> QuerySet[Bid]:
        closed = User.objects.filter(pk=user.pk).filter(pk=self.person.pk)
        return Bid.objects.filter(Exists(closed), pk=self.bid.pk)

    def people(self, bids: QuerySet[Bid]) -> QuerySet[User]:
        closed = bids.filter(pk=self.bid.pk)
        return User.objects.filter(Exists(closed), pk=self.person.pk)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch, no_kept_statements: None) -> ClosedBid:
    closed = ClosedBid()
    monkeypatch.setattr(conflicts, "rules", Registry())
    conflicts.rules.register(conflicts.ConflictRule(closed.bids, closed.people))
    return closed


def merge_into(into: Expression) -> Expression:
    return expressions.merge(
        cases.submitted_expression(round=into.round),
        into=into,
        by=users.official(),
        at=MOMENT,
    )


def test_the_department_loses_the_case_and_nobody_else_does(closed: ClosedBid) -> None:
    other = cases.submitted_bid()
    for reach in (policies.bids_for, policies.working_bids):
        assert list(reach(closed.person)) == [other]
        assert reach(users.official()).count() == 2
    for scope in (policies.expressions_for, policies.cases_for):
        assert list(scope(closed.person)) == [other.expression]
        assert scope(users.official()).count() == 2
    assert bids.lock(closed.bid) == closed.bid


def test_what_was_merged_into_it_is_closed_with_it(closed: ClosedBid) -> None:
    expression = closed.bid.expression
    part = merge_into(into=expression)
    # Merged on: first into another, which was then itself merged into the case.
    middle = cases.submitted_expression(round=expression.round)
    far = merge_into(into=middle)
    expressions.merge(middle, into=expression, by=users.official(), at=MOMENT)

    assert not policies.cases_for(closed.person).exists()
    assert conflicts.expression_ids_closed_to(closed.person) == {
        expression.pk,
        part.pk,
        middle.pk,
        far.pk,
    }
    assert policies.cases_for(users.official()).count() == 4


def test_belonging_to_the_lead_does_not_open_it_again(closed: ClosedBid) -> None:
    users.join(closed.person, closed.bid.lead)
    colleague = users.viewer(closed.bid.lead)

    assert not policies.own_bids(closed.person).exists()
    assert not policies.own_expressions(closed.person).exists()
    assert policies.own_bids(colleague).get() == closed.bid
    assert policies.own_expressions(colleague).get() == closed.bid.expression


def test_no_letter_about_it_reaches_the_person(closed: ClosedBid) -> None:
    colleague, part = users.viewer(closed.bid.lead), merge_into(closed.bid.expression)
    for case in (closed.bid.expression, part):
        posted = letters.queue(
            "bid_received",
            to=[closed.person, colleague],
            chain=case.chain,
            subject=case.key,
            at=MOMENT,
        )
        assert [letter.recipient for letter in posted] == [colleague]
    assert not Letter.objects.filter(recipient=closed.person).exists()


def test_letters_about_other_cases_do(closed: ClosedBid) -> None:
    other = cases.submitted_expression()
    posted = letters.queue(
        "bid_received",
        to=[closed.person],
        chain=other.chain,
        subject=other.key,
        at=MOMENT,
    )
    assert [letter.recipient for letter in posted] == [closed.person]
