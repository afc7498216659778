import pytest

from bids.domain import bids
from bids.domain.queries import case_snapshot
from bids.models import Bid, Return
from bids.states import BidState
from innovation.audit import figures
from innovation.audit.verification import first_fault
from innovation.core.errors import NotAllowed, TooLate
from innovation.core.money import Money
from innovation.notifications.models import Letter
from tests.database_guards import force_update
from tests.dates import DAY, MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def history(bid: Bid) -> list[str]:
    return list(bid.chain.events.values_list("name", flat=True))


def test_a_bid_is_written_sent_returned_and_sent_again() -> None:
    official = users.official()
    bid = cases.bid_in_development(official=official)
    applicant = cases.editor_of(bid.lead)
    facts = {
        "theory_of_change": "Because.",
        "asked": Money.pounds(5_000),
        "money": [
            {
                "financial_year": 2014,
                "category": "staff",
                "amount": Money.pounds(5_000),
            }
        ],
        "risks": [
            {"description": "R", "likelihood": 2, "impact": 5, "mitigation": "M"}
        ],
    }
    bids.save(bid, facts=facts, by=applicant, at=MOMENT)
    bid = bids.submit(bid, by=applicant, at=MOMENT)
    bid = bids.send_back(bid, reason="Say more.", by=official, at=MOMENT)
    assert bid.state == BidState.RETURNED
    assert Return.objects.get().reason == "Say more."
    letter = Letter.objects.get(kind="bid_returned")
    assert (letter.recipient, letter.facts["reason"]) == (applicant, "Say more.")
    bid = bids.submit(bid, by=applicant, at=moment_after(days=1))
    assert (bid.state, bid.submitted_at) == (BidState.SUBMITTED, moment_after(days=1))
    assert history(bid)[-5:] == [
        "bid.opened",
        "bid.saved",
        "bid.submitted",
        "bid.returned",
        "bid.submitted",
    ]
    assert first_fault() is None


def test_rows_stay_in_the_order_in_which_they_were_entered() -> None:
    bid = cases.bid_in_development()
    risk = {"likelihood": 1, "impact": 1, "mitigation": "Ask first"}
    risks = [{"description": name, **risk} for name in ("First", "Second")]
    by = cases.editor_of(bid.lead)
    bids.save(bid, facts={"risks": risks}, by=by, at=MOMENT)
    force_update(bid.risks.filter(description="First"), mitigation="Ask again")
    assert [row.description for row in bid.risks.all()] == ["First", "Second"]


def test_costs_are_read_in_the_order_in_which_the_form_asks_for_them() -> None:
    bid = cases.bid_in_development()
    year = {"financial_year": 2014, "amount": Money.pounds(1_000), "partner": None}
    money = [{**year, "category": category} for category in ("staff", "delivery")]
    by = cases.editor_of(bid.lead)
    bids.save(bid, facts={"money": money}, by=by, at=MOMENT)
    categories = [row.category for row in bid.money.all()]
    read = [row["category"] for row in case_snapshot.with_snapshot(bid).snapshot_money]
    assert read == categories == ["delivery", "staff"]


def test_a_coach_writes_only_in_the_cases_assigned() -> None:
    bid = cases.bid_in_development()
    other_coach, coach = users.coach(), users.assign(users.coach(), bid.expression)
    with pytest.raises(NotAllowed):
        bids.save(bid, facts={"summary": "S"}, by=other_coach, at=MOMENT)
    assert bids.save(bid, facts={"summary": "S"}, by=coach, at=MOMENT).summary == "S"


def test_a_bid_that_was_sent_cannot_be_changed() -> None:
    bid = cases.submitted_bid()
    with pytest.raises(TooLate):
        bids.save(bid, facts={"summary": "S"}, by=cases.editor_of(bid.lead), at=MOMENT)


def test_the_board_defers_recommends_and_the_bid_leaves_the_count() -> None:
    secretary = users.secretary()
    bid = cases.bid_at_board(secretary=secretary)
    assert figures.as_at(DAY)["bids_in_development"] == 1
    bid = bids.defer(bid, by=secretary, at=MOMENT)
    assert bid.state == BidState.ASSESSED
    bid = bids.list_for_board(bid, by=secretary, at=MOMENT)
    bid = bids.recommend(bid, by=secretary, at=moment_after(days=1))
    assert bid.state == BidState.WITH_MINISTER
    assert figures.as_at(DAY)["bids_in_development"] == 1
    assert figures.as_at(moment_after(days=1).date())["bids_in_development"] == 0


def test_withdrawing_leaves_the_count_once() -> None:
    before, after = cases.bid_at_board(), cases.bid_with_minister()
    assert figures.as_at(DAY)["bids_in_development"] == 1
    for bid in (before, after):
        bids.withdraw(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    assert figures.as_at(DAY)["bids_in_development"] == 0


def test_a_withdrawn_seed_bid_was_never_counted() -> None:
    bid = cases.seed_bid()
    bids.withdraw(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    assert figures.as_at(DAY) == {"expressions": 1}


def test_only_the_minister_decides_a_bid_and_only_the_approver_a_seed_grant() -> None:
    full, seed = cases.bid_with_minister(), cases.seed_bid()
    for bid, decider in ((full, users.minister()), (seed, users.approver())):
        other_decider = users.approver() if bid is full else users.minister()
        for by in (other_decider, users.official(), cases.editor_of(bid.lead)):
            with pytest.raises(NotAllowed):
                bids.approve(bid, by=by, at=MOMENT)
        assert bids.approve(bid, by=decider, at=MOMENT).state == BidState.APPROVED


def test_who_took_a_seed_grant_forward_cannot_approve_it() -> None:
    both = users.person("official", "seed_approver")
    bid = cases.seed_bid(official=both)
    with pytest.raises(NotAllowed, match="Somebody else must decide"):
        bids.approve(bid, by=both, at=MOMENT)


def test_the_applicant_cannot_do_the_departments_part() -> None:
    bid = cases.submitted_bid()
    by = cases.editor_of(bid.lead)
    with pytest.raises(NotAllowed):
        bids.send_back(bid, reason="R", by=by, at=MOMENT)
    for act in (bids.list_for_board, bids.defer, bids.recommend, bids.approve):
        with pytest.raises(NotAllowed):
            act(bid, by=by, at=MOMENT)
    with pytest.raises(NotAllowed):
        bids.submit(bid, by=users.outsider(), at=MOMENT)
