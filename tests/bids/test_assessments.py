import pytest
from django.db.models import Count, F

from bids import policies
from bids.domain import assessments
from bids.models import Assessment, Bid
from bids.states import BidState
from innovation.accounts.models import User
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def start_assessment(bid: Bid, by: User) -> Assessment:
    assessments.assign(bid, assessor=by, by=users.official(), at=MOMENT)
    return assessments.start(bid, by=by, at=MOMENT)


def test_one_finished_assessment_makes_the_bid_assessed() -> None:
    bid = cases.assessed_bid()
    assert bid.state == BidState.ASSESSED
    assert bid.chain.stage == "bid.assessed"


def test_a_bid_waits_for_those_still_scoring() -> None:
    one, other = users.official(), users.official()
    bid = cases.submitted_bid()
    unstarted = assessments.assign(bid, assessor=other, by=users.official(), at=MOMENT)
    cases.assessment(bid, by=one)
    assert cases.reload_bid(bid).state == BidState.SUBMITTED
    assessments.set_aside(unstarted, by=other, at=MOMENT)
    assert cases.reload_bid(bid).state == BidState.ASSESSED


def test_an_assessment_with_a_criterion_unscored_is_not_finished() -> None:
    by = users.official()
    assessment = start_assessment(cases.submitted_bid(), by)
    with pytest.raises(Invalid):
        assessments.finish(assessment, by=by, at=MOMENT)


def test_a_finished_assessment_and_an_assessed_bid_stay_as_they_are() -> None:
    by = users.official()
    bid = cases.assessed_bid(official=by)
    assessment = bid.assessments.get()
    with pytest.raises(TooLate):
        assessments.finish(assessment, by=by, at=MOMENT)
    with pytest.raises(TooLate):
        assessments.assign(
            bid, assessor=users.official(), by=users.official(), at=MOMENT
        )


def test_only_an_assessor_in_reach_of_the_case_scores() -> None:
    bid = cases.submitted_bid()
    coach = users.assign(users.coach(), bid.expression)
    for by in (users.coach(), users.analyst(), cases.editor_of(bid.lead)):
        with pytest.raises(NotAllowed):
            assessments.start(bid, by=by, at=MOMENT)
    assessment = start_assessment(bid, coach)
    with pytest.raises(NotAllowed):
        assessments.finish(assessment, by=users.official(), at=MOMENT)


def test_a_bid_has_too_few_assessors_as_long_as_its_round_requires_more() -> None:
    bid = cases.submitted_bid(round=cases.round_(assessments_needed=2))
    by = users.official()
    cases.submitted_bid()
    cases.bid_in_development(round=cases.round_(assessments_needed=2))

    def assign_one() -> Assessment:
        return assessments.assign(bid, assessor=users.official(), by=by, at=MOMENT)

    first = assign_one()

    def bids_by_the_plain_formula() -> list[Bid]:
        """Counted from the assessments."""
        rows = policies.working_bids(by).filter(state="submitted")
        counted = rows.annotate(number=Count("assessments"))
        return list(counted.filter(number__lt=F("round__assessments_needed")))

    def missing() -> int:
        bids_found = list(policies.bids_to_assign(by).order_by("pk"))
        assert bids_found == sorted(
            bids_by_the_plain_formula(), key=lambda each: each.pk
        )
        return Bid.objects.get(pk=bid.pk).assessors_missing

    assert missing() == 1
    second = assign_one()
    third = assign_one()
    assert missing() == -1
    assert bid not in policies.bids_to_assign(by)
    for assessment in (first, second, third):
        assessments.set_aside(assessment, by=by, at=MOMENT)
    assert missing() == 2
    assert bid in policies.bids_to_assign(by)
    outsider = users.outsider()
    assert not policies.bids_to_assign(outsider).exists()
