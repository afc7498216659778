"""No envelope is overspent unless a named person overrides it: under a race, and
under whatever sequence of decisions anybody thinks of."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from bids.models import Bid, Envelope
from funding.domain import awards, decisions, ledger, payments
from funding.models import MoneyLine
from funding.models.ledger import MoneyStatus
from innovation.accounts.models import User
from innovation.core.errors import DomainError
from innovation.core.money import Money
from tests.audit_events import recorded_changes
from tests.database_guards import disable_guards, force_update
from tests.drives import drive
from tests.factories import cases, grants, users


def run_race(*runners: Callable[[], object]) -> list[str]:
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


def rival_bids(budget: int) -> tuple[Bid, Bid, Envelope]:
    """Two bids with the minister, each for £8,000 from one envelope."""
    round = cases.round_()
    one = grants.bid_with_minister(cases.assessed_bid(round=round))
    other = grants.bid_with_minister(cases.assessed_bid(round=round))
    force_update(round.envelopes.all(), amount=Money.pounds(budget))
    envelope = round.envelopes.get()
    return one, other, envelope


@pytest.mark.django_db(transaction=True)
def test_two_approvals_cannot_spend_the_same_money() -> None:
    one, other, envelope = rival_bids(budget=12_000)
    minister = users.minister()

    errors = run_race(
        *(
            lambda bid=bid: decisions.approve(
                bid, amounts=grants.amounts(), by=minister, at=grants.MEETING_AT
            )
            for bid in (one, other)
        )
    )

    assert errors == ["Invalid"]
    assert ledger.approved_amount(envelope) == Money.pounds(8_000)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_approvals_would_overspend() -> None:
    one, other, envelope = rival_bids(budget=12_000)
    both_have_looked = Barrier(2)

    def approve_unlocked(bid: Bid) -> None:
        with recorded_changes():
            envelopes = ledger.find_envelopes(bid, [cases.YEAR])
            assert ledger.overspends(envelopes, grants.amounts()) == {}
            both_have_looked.wait()
            ledger.write(
                bid,
                status=MoneyStatus.APPROVED,
                amounts=grants.amounts(),
                envelopes=envelopes,
                source="a decision without the lock",
                at=grants.MEETING_AT,
            )

    with disable_guards(MoneyLine):
        run_race(lambda: approve_unlocked(one), lambda: approve_unlocked(other))

    assert ledger.approved_amount(envelope) == Money.pounds(16_000)


@pytest.mark.django_db(transaction=True)
def test_a_payment_cannot_be_released_twice_at_once() -> None:
    payment = grants.requested_payment()
    first, second = users.finance(), users.finance()

    errors = run_race(
        lambda: payments.release(payment, by=first, at=grants.MEETING_AT),
        lambda: payments.release(payment, by=second, at=grants.MEETING_AT),
    )

    assert errors == ["TooLate"]
    assert MoneyLine.objects.filter(status=MoneyStatus.PAID).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_release_and_a_suspension_cannot_overlap() -> None:
    payment = grants.requested_payment()
    award, finance, manager = payment.award, users.finance(), users.grant_manager()

    errors = run_race(
        lambda: payments.release(payment, by=finance, at=grants.MEETING_AT),
        lambda: awards.suspend(
            award, reason="Checks.", by=manager, at=grants.MEETING_AT
        ),
    )

    payment.refresh_from_db()
    award.refresh_from_db()
    assert award.state == "suspended"
    assert payment.state == ("requested" if errors else "paid")


@pytest.mark.django_db(transaction=True)
def test_an_offer_cannot_be_accepted_and_withdrawn_at_once() -> None:
    award, manager = grants.offered_award(), users.grant_manager()
    holder = grants.recipient_of(award)

    errors = run_race(
        lambda: awards.accept(award, by=holder, at=grants.MEETING_AT),
        lambda: awards.withdraw(
            award, reason="Late.", by=manager, at=grants.MEETING_AT
        ),
    )

    award.refresh_from_db()
    assert errors == ["TooLate"]
    expected = {"accepted": Money.pounds(8_000), "withdrawn": Money(0)}
    assert ledger.approved_amount(Envelope.objects.get()) == expected[award.state]


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
@drive(10, all=30)
@given(sequence=steps)
def test_no_sequence_of_decisions_overspends_without_an_override(
    sequence: list[tuple[int, int, bool, bool]], pool: tuple[list[Bid], Envelope, User]
) -> None:
    bids, envelope, minister = pool
    with transaction.atomic():
        overridden = False
        for index, pounds, override, give_back in sequence:
            bid = bids[index]
            try:
                decision = decisions.approve(
                    bid,
                    amounts=grants.amounts(pounds),
                    reason="Other amounts.",
                    overspend_reason="The round is extended." if override else "",
                    by=minister,
                    at=grants.MEETING_AT,
                )
            except DomainError:
                continue
            overridden |= bool(decision.overspend_by)
            if give_back:
                award = awards.offer(
                    bid, by=users.grant_manager(), at=grants.MEETING_AT
                )
                holder = grants.recipient_of(award)
                awards.decline(award, reason="No.", by=holder, at=grants.MEETING_AT)
        assert overridden or ledger.approved_amount(envelope) <= envelope.amount
        transaction.set_rollback(True)


@pytest.fixture
def pool(db: None) -> tuple[list[Bid], Envelope, User]:
    round = cases.round_()
    bids = [grants.bid_with_minister(cases.assessed_bid(round=round)) for _ in range(3)]
    force_update(round.envelopes.all(), amount=Money.pounds(12_000))
    return bids, round.envelopes.get(), users.minister()
