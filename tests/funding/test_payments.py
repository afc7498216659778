"""Instalments: planned to the penny, asked for by one and released by another."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from bids.models import Bid, Envelope
from funding.domain import awards, ledger, payments
from funding.domain.payments import Instalment
from funding.models import Award, Payment
from funding.models.ledger import MoneyStatus
from funding.policies import payments_for
from funding.states import PAYMENT
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from innovation.notifications.models import Letter
from tests.database_guards import disable_guards
from tests.factories import grants, users
from tests.funding.page_requests import client_for, page_url
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
WORDS = {"refuse": {"reason": "No invoice."}, "recover": {"reason": "Unspent."}}


def perform(verb: str, payment: Payment, by: User | None = None) -> Payment:
    default_user = users.grant_manager() if verb == "request" else users.finance()
    call: Callable[..., Payment] = getattr(payments, verb)
    return call(
        payment, by=by or default_user, at=grants.MEETING_AT, **WORDS.get(verb, {})
    )


def payment_in_state(state: str) -> Payment:
    if state == "planned":
        return grants.planned_payment()
    payment = grants.requested_payment()
    if state == "refused":
        return perform("refuse", payment)
    if state == "requested":
        return payment
    payment = perform("release", payment)
    return perform("recover", payment) if state == "recovered" else payment


@pytest.mark.parametrize("verb", ["request", "release", "refuse", "recover"])
@pytest.mark.parametrize(
    "state", ["planned", "requested", "paid", "refused", "recovered"]
)
def test_each_verb_does_what_the_table_says(verb: str, state: str) -> None:
    payment = payment_in_state(state)

    if PAYMENT.allows(verb, state):
        assert perform(verb, payment).state == PAYMENT.next(verb, state)
    else:
        with pytest.raises(TooLate):
            perform(verb, payment)


def plan(award: Award, *instalments: tuple[int, date]) -> list[Payment]:
    return payments.plan(
        award,
        instalments=[Instalment(Money(pence), day) for pence, day in instalments],
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )


def test_instalments_are_numbered_in_the_order_they_fall_due() -> None:
    plan_rows = plan(
        grants.active_award(),
        (300_000, date(2015, 3, 1)),
        (500_000, date(2015, 1, 1)),
    )

    assert [(p.instalment, p.amount.pence, p.financial_year) for p in plan_rows] == [
        (1, 500_000, 2014),
        (2, 300_000, 2014),
    ]


@pytest.mark.parametrize(
    "instalments",
    [
        [(799_999, date(2015, 1, 1))],
        [(800_000, date(2015, 4, 1))],
        [(800_000, date(2015, 1, 1)), (1, date(2015, 5, 1))],
        [],
    ],
)
def test_each_years_instalments_add_up_to_what_was_agreed(
    instalments: list[tuple[int, date]],
) -> None:
    with pytest.raises(Invalid) as raised:
        plan(grants.active_award(), *instalments)

    assert list(raised.value.problems) == ["instalments"]


def test_a_plan_can_be_replaced_until_a_payment_is_asked_for() -> None:
    award = grants.active_award()
    grants.planned_payment(award)
    replaced = plan(award, (400_000, grants.DUE_ON), (400_000, date(2015, 2, 1)))
    assert award.payments.count() == 2

    payments.request(replaced[0], by=users.grant_manager(), at=grants.MEETING_AT)
    with pytest.raises(TooLate):
        plan(award, (800_000, date(2015, 1, 1)))


def test_releasing_writes_the_ledger_and_a_letter() -> None:
    payment = grants.paid_payment()
    bid = not_none(payment.award.bid)

    assert ledger.totals(bid, MoneyStatus.PAID) == grants.amounts()
    assert Letter.objects.filter(kind="payment_released").count() == 1


def test_recovering_adds_a_ledger_line_and_keeps_the_payment() -> None:
    payment = perform("recover", grants.paid_payment())
    bid = not_none(payment.award.bid)

    assert ledger.totals(bid, MoneyStatus.PAID) == grants.amounts()
    assert ledger.totals(bid, MoneyStatus.RECOVERED) == grants.amounts()


def close_award(award: Award) -> Award:
    manager = users.grant_manager()
    awards.wind_down(award, by=manager, at=grants.MEETING_AT)
    return awards.close(award, lessons="Start small.", by=manager, at=grants.MEETING_AT)


def test_recovered_money_goes_back_to_its_envelope_once() -> None:
    payment = grants.paid_payment()
    award = payment.award
    envelope = Envelope.objects.get(round=award.round)
    assert ledger.approved_amount(envelope) == Money.pounds(8_000)

    perform("recover", payment)
    assert ledger.approved_amount(envelope) == Money(0)

    # The end of the grant gives back what was not paid, and nothing twice.
    close_award(award)
    assert ledger.approved_amount(envelope) == Money(0)


def test_money_recovered_after_the_end_of_the_grant_goes_back() -> None:
    payment = grants.paid_payment()
    close_award(payment.award)
    envelope = Envelope.objects.get(round=payment.award.round)
    assert ledger.approved_amount(envelope) == Money.pounds(8_000)

    perform("recover", payment)

    assert ledger.approved_amount(envelope) == Money(0)


def test_nobody_releases_what_they_asked_for() -> None:
    both = users.person("grant_manager", "finance")
    payment = grants.requested_payment(by=both)

    with pytest.raises(NotAllowed):
        perform("release", payment, by=both)


def test_nobody_releases_a_payment_to_their_own_organisation() -> None:
    payment = grants.requested_payment()
    both = users.join(
        users.person("applicant", "finance"), not_none(payment.award.lead)
    )
    with pytest.raises(NotAllowed, match="You belong to an organisation"):
        perform("release", payment, by=both)


def test_nobody_releases_a_payment_of_a_case_with_their_organisation_as_a_partner() -> (
    None
):
    payment = grants.requested_payment()
    partner = users.council_organisation()
    with disable_guards(Bid.partners.through):
        not_none(payment.award.bid).partners.add(partner)
    both = users.join(users.person("applicant", "finance"), partner)
    with pytest.raises(NotAllowed, match="You belong to an organisation"):
        perform("release", payment, by=both)


def test_the_database_refuses_a_release_by_the_one_who_asked() -> None:
    payment = grants.requested_payment()

    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(
            state="paid",
            released_by=payment.requested_by,
            released_at=grants.MEETING_AT,
        )


def test_the_recipient_claims_and_the_outsider_does_not() -> None:
    award = grants.active_award()
    payment = grants.planned_payment(award)

    for outsider in (users.outsider(), users.viewer(not_none(award.lead))):
        with pytest.raises(NotAllowed):
            perform("request", payment, by=outsider)

    assert (
        perform("request", payment, by=grants.recipient_of(award)).state == "requested"
    )


@pytest.mark.parametrize("role", ["grant_manager", "official", "minister", "outsider"])
def test_only_finance_releases(role: str) -> None:
    payment = grants.requested_payment()

    with pytest.raises(NotAllowed):
        perform("release", payment, by=getattr(users, role)())


def test_nothing_is_paid_while_the_award_is_suspended() -> None:
    award = grants.active_award()
    payment = grants.requested_payment(award)
    awards.suspend(
        award, reason="Checks.", by=users.grant_manager(), at=grants.MEETING_AT
    )

    with pytest.raises(TooLate):
        perform("release", payment)

    awards.resume(award, by=users.grant_manager(), at=grants.MEETING_AT)
    assert perform("release", payment).state == "paid"


def test_the_end_of_a_grant_refuses_what_waits_for_finance() -> None:
    payment = grants.requested_payment()
    award, manager = payment.award, users.grant_manager()

    awards.terminate(
        award, reason="Stopped.", lessons="", by=manager, at=grants.MEETING_AT
    )

    payment.refresh_from_db()
    assert (payment.state, payment.refusal_reason) == ("refused", "Stopped.")
    assert Event.objects.get(name="payment.refused").actor == manager.key
    # It cannot be asked for again, which the letter of a refusal offers.
    assert not Letter.objects.filter(kind="payment_refused").exists()
    assert Letter.objects.filter(kind="award_terminated").exists()
    with pytest.raises(TooLate):
        perform("request", payment)


def test_the_end_of_a_grant_leaves_what_was_paid() -> None:
    payment = grants.paid_payment()
    manager = users.grant_manager()

    awards.terminate(
        payment.award, reason="Stopped.", lessons="", by=manager, at=grants.MEETING_AT
    )

    payment.refresh_from_db()
    assert payment.state == "paid"


def test_nothing_is_asked_for_before_the_award_starts() -> None:
    with pytest.raises(TooLate):
        perform("request", grants.planned_payment(grants.accepted_award()))


def test_a_payment_is_reconciled_once() -> None:
    payment = grants.paid_payment()
    finance = users.finance()

    payments.reconcile(
        payment, bank_reference="BACS 7", by=finance, at=grants.MEETING_AT
    )

    with pytest.raises(TooLate):
        payments.reconcile(
            payment, bank_reference="BACS 8", by=finance, at=grants.MEETING_AT
        )
    with pytest.raises(TooLate):
        payments.reconcile(
            grants.requested_payment(),
            bank_reference="BACS 9",
            by=finance,
            at=grants.MEETING_AT,
        )


def test_payments_are_seen_with_their_award() -> None:
    payment = grants.planned_payment()

    assert payments_for(users.finance()).get() == payment
    assert payments_for(grants.recipient_of(payment.award)).get() == payment
    assert not payments_for(users.outsider()).exists()


def test_the_pages_of_a_payment_show_recipient_amount_and_project() -> None:
    payment = grants.planned_payment()
    award = payment.award
    for person, page in (
        (users.grant_manager(), "payment-request"),
        (users.finance(), "payment-release"),
    ):
        text = client_for(person).get(page_url(page, payment)).content.decode()
        for expected_text in (
            not_none(award.lead).name,
            award.title,
            str(payment.amount),
        ):
            assert expected_text in text


def test_the_list_of_payments_first_shows_those_waiting_for_finance() -> None:
    requested, settled = grants.requested_payment(), grants.paid_payment()
    finance = client_for(users.finance())
    text = finance.get(page_url("payments")).content.decode()
    assert '<option value="" selected>Waiting for finance</option>' in text
    assert (requested.award.title in text, settled.key in text) == (True, False)
    assert (
        settled.key
        in finance.get(page_url("payments"), {"state": "all"}).content.decode()
    )
