"""A grant's life, cell by cell, and what each verb leaves behind."""

from collections.abc import Callable

import pytest

from bids.states import BidState
from funding.domain import awards, ledger
from funding.models import Award, AwardReason, MoneyLine
from funding.models.ledger import MoneyStatus
from funding.policies import awards_for
from funding.states import AWARD
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from innovation.notifications.models import Letter
from tests.database_guards import force_update
from tests.factories import cases, grants, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db

Verb = Callable[..., Award]
WORDS = {
    "decline": {"reason": "No match."},
    "withdraw": {"reason": "It came too late."},
    "suspend": {"reason": "The lead left."},
    "close": {"lessons": "Start small."},
    "terminate": {"reason": "It stopped.", "lessons": ""},
}
BY_HOLDER = {"accept", "decline"}
STATES = [
    "offered",
    "accepted",
    "active",
    "suspended",
    "closing",
    "closed",
    "declined",
    "withdrawn",
    "terminated",
]


GRANT_VERBS = {row.verb for row in AWARD.transitions} - {"retract"}
"""Only imported awards are retracted: see `test_corrections`."""


def perform(verb: str, award: Award, by: User | None = None) -> Award:
    default_user = (
        grants.recipient_of(award) if verb in BY_HOLDER else users.grant_manager()
    )
    call: Verb = getattr(awards, verb)
    return call(
        award, by=by or default_user, at=grants.MEETING_AT, **WORDS.get(verb, {})
    )


@pytest.mark.parametrize("state", STATES)
def test_each_verb_does_what_the_table_says(state: str) -> None:
    award = grants.award_in_state(state)

    for verb in GRANT_VERBS:
        force_update(Award.objects.filter(pk=award.pk), state=state)
        if AWARD.allows(verb, state):
            assert perform(verb, award).state == AWARD.next(verb, state)
        else:
            with pytest.raises(TooLate):
                perform(verb, award)


def test_an_offer_holds_what_was_approved_and_what_the_bid_said() -> None:
    award = grants.offered_award()
    bid = not_none(award.bid)

    assert (award.amount, award.amount_precision) == (Money.pounds(8_000), "exact")
    assert (award.title, award.lead) == (bid.title, bid.lead)
    assert list(award.councils.all()) == list(bid.councils.all())
    assert award.announced_on is None
    assert Letter.objects.filter(kind="award_offered").count() == 1
    assert Event.objects.get(name="award.offered").chain == bid.chain


def test_only_an_approved_bid_can_be_offered_and_only_once() -> None:
    manager = users.grant_manager()
    with pytest.raises(TooLate):
        awards.offer(grants.bid_with_minister(), by=manager, at=grants.MEETING_AT)

    bid = grants.approved_bid()
    awards.offer(bid, by=manager, at=grants.MEETING_AT)
    with pytest.raises(TooLate):
        awards.offer(bid, by=manager, at=grants.MEETING_AT)


@pytest.mark.parametrize("verb", sorted(GRANT_VERBS))
def test_the_outsider_may_do_nothing(verb: str) -> None:
    state = AWARD.transitions[[t.verb for t in AWARD.transitions].index(verb)]
    award = grants.award_in_state(state.sources[0])
    viewer = users.viewer(not_none(award.lead))

    for person in (users.outsider(), users.official(), users.minister(), viewer):
        with pytest.raises(NotAllowed):
            perform(verb, award, by=person)


def test_the_grant_manager_cannot_accept_for_the_recipient() -> None:
    with pytest.raises(NotAllowed):
        perform("accept", grants.offered_award(), by=users.grant_manager())


def test_accepting_agrees_the_money() -> None:
    award = grants.accepted_award()

    assert ledger.totals(not_none(award.bid), MoneyStatus.AGREED) == grants.amounts()


def test_declining_gives_the_money_back_to_its_envelope() -> None:
    award = grants.declined_offer()

    envelope = not_none(award.bid).round.envelopes.get()
    assert ledger.approved_amount(envelope) == Money(0)
    assert AwardReason.objects.get().text == "No match."
    # Written once: the line that took the money and the line that gave it back.
    assert MoneyLine.objects.filter(status="approved").count() == 2


def test_withdrawing_an_offer_gives_the_money_back_and_says_why() -> None:
    award = grants.withdrawn_offer()
    bid = not_none(award.bid)

    assert ledger.approved_amount(bid.round.envelopes.get()) == Money(0)
    reason = AwardReason.objects.get()
    assert (reason.kind, reason.text) == ("withdrawn", "It came too late.")
    assert Event.objects.get(name="award.withdrawn").chain == bid.chain
    assert Letter.objects.get(kind="award_withdrawn").facts["reason"] == reason.text
    with pytest.raises(TooLate):
        perform("accept", award)


def test_ending_early_gives_back_what_was_not_paid() -> None:
    award = grants.active_award(pounds=8_000)
    grants.paid_payment(award)

    awards.terminate(
        award,
        reason="It stopped.",
        lessons="",
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )

    envelope = not_none(award.bid).round.envelopes.get()
    assert ledger.approved_amount(envelope) == Money.pounds(8_000)


def test_closing_waits_for_a_payment_that_is_on_its_way() -> None:
    award = grants.active_award()
    grants.requested_payment(award)
    perform("wind_down", award)

    with pytest.raises(TooLate):
        perform("close", award)


@pytest.mark.parametrize(
    ("verb", "state", "field"),
    [
        ("decline", "offered", "reason"),
        ("withdraw", "offered", "reason"),
        ("suspend", "active", "reason"),
        ("close", "closing", "lessons"),
        ("terminate", "active", "reason"),
    ],
)
def test_ending_a_grant_needs_a_reason(verb: str, state: str, field: str) -> None:
    award = grants.award_in_state(state)
    words = {**WORDS[verb], field: " "}
    by = grants.recipient_of(award) if verb in BY_HOLDER else users.grant_manager()

    with pytest.raises(Invalid) as raised:
        getattr(awards, verb)(award, by=by, at=grants.MEETING_AT, **words)

    assert list(raised.value.problems) == [field]


def test_an_awards_readers_are_its_holders_and_the_department() -> None:
    award = grants.offered_award()

    for reader in (grants.recipient_of(award), users.official(), users.finance()):
        assert awards_for(reader).get() == award
    for outsider in (users.outsider(), users.member(), users.minister(), users.coach()):
        assert not awards_for(outsider).exists()


def test_the_bid_stays_approved_while_the_award_moves() -> None:
    award = grants.closed_award()

    assert cases.reload_bid(not_none(award.bid)).state == BidState.APPROVED
    assert Award.objects.get(pk=award.pk).chain.stage == "award.closed"
