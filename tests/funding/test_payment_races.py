"""A new plan and asking for a payment of the old one, at the same moment."""

from datetime import timedelta
from threading import Event as Signal
from typing import Any

import pytest

from funding.domain import payments
from funding.domain.payments import Instalment
from funding.models import Award, Payment
from innovation.core.errors import TooLate
from innovation.core.rows import lock_row
from tests.concurrency import run_concurrently
from tests.database_guards import disable_guards
from tests.factories import grants, users

pytestmark = pytest.mark.django_db(transaction=True)


def plan(award: Award, days: int = 1) -> list[Payment]:
    assert award.amount is not None
    due = grants.DUE_ON - timedelta(days=days)
    return payments.plan(
        award,
        instalments=[Instalment(award.amount, due)],
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )


def race(award: Award) -> list[Any]:
    [payment] = plan(award)
    manager = users.grant_manager()
    return run_concurrently(
        [
            lambda: payments.request(payment, by=manager, at=grants.MEETING_AT),
            lambda: plan(award, days=2),
        ]
    )


@pytest.mark.parametrize("rounds", [6, pytest.param(30, marks=pytest.mark.soak)])
def test_a_new_plan_and_a_request_of_the_old_one_cannot_both_succeed(
    rounds: int,
) -> None:
    for _ in range(rounds):
        award = grants.active_award()
        outcomes = race(award)
        errors = [one for one in outcomes if isinstance(one, Exception)]
        assert [type(one) for one in errors] == [TooLate], outcomes
        assert award.payments.count() == 1


def test_without_the_lock_of_the_award_both_go_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: a plan that does not hold the award takes away a payment that was
    asked for, where no guard of the table holds it either.
    """
    award = grants.active_award()
    [payment] = plan(award)
    manager, has_looked, has_requested = users.grant_manager(), Signal(), Signal()
    check = payments._check_sums

    def check_late(award: Award, instalments: list[Instalment]) -> None:
        has_looked.set()
        has_requested.wait(timeout=10)
        check(award, instalments)

    def request() -> Payment:
        has_looked.wait(timeout=10)
        requested = payments.request(payment, by=manager, at=grants.MEETING_AT)
        has_requested.set()
        return requested

    def unlocked(row: Any, **more: Any) -> Any:
        if isinstance(row, Award):
            return Award.objects.get(pk=row.pk)
        return lock_row(row, **more)

    monkeypatch.setattr(payments, "lock_row", unlocked)
    monkeypatch.setattr(payments, "_check_sums", check_late)
    with disable_guards(Payment):
        requested, planned = run_concurrently([request, lambda: plan(award, days=2)])

    assert requested.state == "requested"
    assert list(award.payments.all()) == planned


def test_a_payment_of_a_replaced_plan_cannot_be_requested() -> None:
    award = grants.active_award()
    [before] = plan(award)
    plan(award, days=2)
    with pytest.raises(TooLate, match="changed the payment plan"):
        payments.request(before, by=users.grant_manager(), at=grants.MEETING_AT)
