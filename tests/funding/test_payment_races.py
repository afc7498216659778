"""A new plan and asking for a payment of the old one, at the same moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from funding.domain import payments
from funding.domain.payments import Instalment
from funding.models import Award, Payment
from innovation.core.errors import TooLate
from tests import cast, grants
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def plan(award: Award, days: int = 1) -> list[Payment]:
    assert award.amount is not None
    due = grants.DUE + timedelta(days=days)
    return payments.plan(
        award,
        instalments=[Instalment(award.amount, due)],
        by=cast.grant_manager(),
        at=grants.HELD,
    )


def race(award: Award) -> list[Any]:
    [payment] = plan(award)
    manager = cast.grant_manager()
    return at_once(
        [
            lambda: payments.request(payment, by=manager, at=grants.HELD),
            lambda: plan(award, days=2),
        ]
    )


@pytest.mark.parametrize("rounds", [6, pytest.param(30, marks=pytest.mark.soak)])
def test_one_of_a_new_plan_and_a_request_comes_too_late(rounds: int) -> None:
    for _ in range(rounds):
        award = grants.active()
        outcomes = race(award)
        late = [one for one in outcomes if isinstance(one, Exception)]
        assert [type(one) for one in late] == [TooLate], outcomes
        assert award.payments.count() == 1


def test_without_the_lock_of_the_award_both_go_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: a plan that does not hold the award takes away a payment that was
    asked for.
    """
    held = payments.holding.lock

    def unlocked(award: Award) -> Award:
        found = Award.objects.get(pk=award.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        return found

    award = grants.active()
    [payment] = plan(award)
    monkeypatch.setattr(payments.holding, "lock", unlocked)
    manager = cast.grant_manager()
    outcomes = at_once(
        [
            lambda: payments.request(payment, by=manager, at=grants.HELD),
            lambda: plan(award, days=2),
        ]
    )
    monkeypatch.setattr(payments.holding, "lock", held)
    assert [one for one in outcomes if isinstance(one, TooLate)] == [], outcomes


def test_a_payment_that_was_planned_anew_cannot_be_asked_for() -> None:
    award = grants.active()
    [before] = plan(award)
    plan(award, days=2)
    with pytest.raises(TooLate, match="planned anew"):
        payments.request(before, by=cast.grant_manager(), at=grants.HELD)
