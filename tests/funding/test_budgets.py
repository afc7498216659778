"""No envelope is overspent unless a named person overrides it: under a race, and
under whatever sequence of decisions anybody thinks of."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bids.models import Bid, Envelope
from funding.domain import awards, decisions, ledger, payments
from funding.models import MoneyLine
from funding.models.decision import MoneyStatus
from innovation.core.errors import DomainError
from innovation.core.money import Money
from tests import cases, cast, grants
from tests.staging import staging
from tests.unguarded import rewrite, unguarded


def race(*runners: Callable[[], object]) -> list[str]:
    """Run each in its own connection, all let go at once; the errors they met."""
    start, errors = Barrier(len(runners)), []

    def run(runner: Callable[[], object]) -> None:
        try:
            start.wait()
            runner()
        except DomainError as error:
            errors.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(runner,)) for runner in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def rivals(budget: int) -> tuple[Bid, Bid, Envelope]:
    """Two bids with the minister, each for £8,000 from one envelope."""
    round = cases.round_()
    one = grants.bid_with_minister(cases.bid_assessed(round=round))
    other = grants.bid_with_minister(cases.bid_assessed(round=round))
    rewrite(round.envelopes.all(), amount=Money.pounds(budget))
    envelope = round.envelopes.get()
    return one, other, envelope


@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_for_the_last_of_an_envelope_one_wins() -> None:
    one, other, envelope = rivals(budget=12_000)
    minister = cast.minister()

    errors = race(
        *(
            lambda bid=bid: decisions.approve(
                bid, amounts=grants.amounts(), by=minister, at=grants.HELD
            )
            for bid in (one, other)
        )
    )

    assert errors == ["Invalid"]
    assert ledger.approved(envelope) == Money.pounds(8_000)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_see_room_and_overspend() -> None:
    one, other, envelope = rivals(budget=12_000)
    both_have_looked = Barrier(2)

    def approve_unlocked(bid: Bid) -> None:
        with staging():
            found = ledger.covering(bid, [cases.YEAR])
            assert ledger.overspent(found, grants.amounts()) == {}
            both_have_looked.wait()
            ledger.write(
                bid,
                status=MoneyStatus.APPROVED,
                amounts=grants.amounts(),
                envelopes=found,
                source="a decision without the lock",
                at=grants.HELD,
            )

    with unguarded(MoneyLine):
        race(lambda: approve_unlocked(one), lambda: approve_unlocked(other))

    assert ledger.approved(envelope) == Money.pounds(16_000)


@pytest.mark.django_db(transaction=True)
def test_of_two_releases_of_one_payment_one_pays() -> None:
    payment = grants.requested()
    first, second = cast.finance(), cast.finance()

    errors = race(
        lambda: payments.release(payment, by=first, at=grants.HELD),
        lambda: payments.release(payment, by=second, at=grants.HELD),
    )

    assert errors == ["TooLate"]
    assert MoneyLine.objects.filter(status=MoneyStatus.PAID).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_release_and_a_suspension_are_put_in_order() -> None:
    payment = grants.requested()
    award, finance, manager = payment.award, cast.finance(), cast.grant_manager()

    errors = race(
        lambda: payments.release(payment, by=finance, at=grants.HELD),
        lambda: awards.suspend(award, reason="Checks.", by=manager, at=grants.HELD),
    )

    payment.refresh_from_db()
    award.refresh_from_db()
    assert award.state == "suspended"
    assert payment.state == ("requested" if errors else "paid")


@pytest.mark.django_db(transaction=True)
def test_of_accepting_an_offer_and_withdrawing_it_one_happens() -> None:
    award, manager = grants.offered(), cast.grant_manager()
    holder = grants.holder(award)

    errors = race(
        lambda: awards.accept(award, by=holder, at=grants.HELD),
        lambda: awards.withdraw(award, reason="Late.", by=manager, at=grants.HELD),
    )

    award.refresh_from_db()
    assert errors == ["TooLate"]
    given = {"accepted": Money.pounds(8_000), "withdrawn": Money(0)}
    assert ledger.approved(Envelope.objects.get()) == given[award.state]


steps = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=2),
        st.integers(min_value=1, max_value=12_000),
        st.booleans(),
        st.booleans(),
    ),
    max_size=6,
)


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequence=steps)
def test_no_sequence_of_decisions_overspends_without_an_override(sequence, pool):
    waiting, envelope, minister = pool
    with transaction.atomic():
        overridden = False
        for index, pounds, override, give_back in sequence:
            bid = waiting[index]
            try:
                decision = decisions.approve(
                    bid,
                    amounts=grants.amounts(pounds),
                    reason="Other amounts.",
                    overspend_reason="The round is extended." if override else "",
                    by=minister,
                    at=grants.HELD,
                )
            except DomainError:
                continue
            overridden |= bool(decision.overspend_by)
            if give_back:
                award = awards.offer(bid, by=cast.grant_manager(), at=grants.HELD)
                holder = grants.holder(award)
                awards.decline(award, reason="No.", by=holder, at=grants.HELD)
        assert overridden or ledger.approved(envelope) <= envelope.amount
        transaction.set_rollback(True)


@pytest.fixture
def pool(db: None):
    round = cases.round_()
    waiting = [
        grants.bid_with_minister(cases.bid_assessed(round=round)) for _ in range(3)
    ]
    rewrite(round.envelopes.all(), amount=Money.pounds(12_000))
    return waiting, round.envelopes.get(), cast.minister()
