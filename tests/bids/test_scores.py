"""Scores, and the agreed score if assessors are far apart."""

from contextlib import suppress
from datetime import datetime

import pytest
from django.db import ProgrammingError, transaction

from bids.domain import assessments, scores
from bids.domain.queries.assessments import assessment_progress
from bids.domain.queries.scores import (
    all_assessments,
    visible_assessments,
    wide_spreads,
)
from bids.states import BidState
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed
from tests.audit_events import recorded_changes
from tests.database_guards import force_update
from tests.dates import MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def test_a_score_needs_words_and_stays_within_the_scale() -> None:
    by = users.official()
    bid = cases.submitted_bid()
    assessment = cases.assessment(bid, by=by, finish=False)
    impact = bid.round.criteria.get(name="Impact")
    for value, words, field in ((3, " ", "justification"), (5, "Good", "value")):
        with pytest.raises(Invalid) as refused:
            scores.give(
                assessment, scores={impact.pk: (value, words)}, by=by, at=MOMENT
            )
        assert list(refused.value.problems) == [f"{field}_{impact.pk}"]


def test_scores_stand_in_the_order_of_the_criteria() -> None:
    bid = cases.submitted_bid()
    assessment = cases.assessment(bid, by=users.official(), finish=False)
    force_update(assessment.scores.filter(criterion__name="Impact"), value=2)
    (assessment,) = all_assessments(bid)
    names = [score.criterion.name for score in assessment.scores.all()]
    assert names == ["Impact", "Value for money"]


def test_a_wide_spread_is_moderated_with_a_reason_and_the_scores_stay() -> None:
    one, other = users.official(), users.official()
    bid = cases.submitted_bid()
    cases.assessment(bid, by=one, values=(1, 3), finish=False)
    cases.assessment(bid, by=other, values=(3, 3))
    assessments.finish(bid.assessments.get(assessor=one), by=one, at=MOMENT)
    assert cases.reload_bid(bid).state == BidState.SUBMITTED
    (spread,) = wide_spreads(bid)
    assert (spread.criterion.name, spread.lowest, spread.highest) == ("Impact", 1, 3)
    with pytest.raises(Invalid):
        scores.moderate(
            bid, criterion=spread.criterion, value=2, reason=" ", by=one, at=MOMENT
        )
    scores.moderate(
        bid, criterion=spread.criterion, value=2, reason="Agreed.", by=one, at=MOMENT
    )
    assert cases.reload_bid(bid).state == BidState.ASSESSED
    values = bid.assessments.order_by("id").values_list("scores__value", flat=True)
    assert sorted(v for v in values if v is not None) == [1, 3, 3, 3]


def test_an_agreed_score_is_agreed_anew_after_a_reopening_and_not_before() -> None:
    one, other = users.official(), users.official()
    bid = cases.submitted_bid(round=cases.round_(assessments_needed=2))
    cases.assessment(bid, by=one, values=(1, 0))
    cases.assessment(bid, by=other, values=(3, 4))

    def agree(place: int, value: int, by: User, at: datetime) -> None:
        scores.moderate(
            bid,
            criterion=wide_spreads(bid)[place].criterion,
            value=value,
            reason=f"It is {value}.",
            by=by,
            at=at,
        )

    agree(0, 2, by=one, at=MOMENT)
    with pytest.raises(Invalid, match=f"{one} has already agreed a score of 2"):
        agree(0, 3, by=other, at=MOMENT)
    agree(1, 2, by=one, at=moment_after(hours=1))
    assert cases.reload_bid(bid).state == BidState.ASSESSED
    assert [each.needs_agreement for each in wide_spreads(bid)] == [
        False,
        False,
    ]

    assessments.reopen(
        bid, reason="Misread.", by=users.official(), at=moment_after(hours=2)
    )
    assert [each.is_reopened for each in wide_spreads(bid)] == [True, True]
    with pytest.raises(NotAllowed):
        agree(0, 3, by=users.official(), at=moment_after(hours=3))
    agree(0, 3, by=other, at=moment_after(hours=3))

    agreed = bid.moderated_scores.get(criterion=wide_spreads(bid)[0].criterion)
    assert (agreed.value, agreed.reason) == (3, "It is 3.")
    assert (agreed.moderated_by, agreed.moderated_at) == (other, moment_after(hours=3))
    assert Event.objects.filter(chain=bid.chain, name="bid.moderated").count() == 3
    assert [each.is_reopened for each in wide_spreads(bid)] == [
        False,
        True,
    ]
    assert cases.reload_bid(bid).state == BidState.SUBMITTED
    agree(1, 3, by=one, at=moment_after(hours=4))
    assert cases.reload_bid(bid).state == BidState.ASSESSED


def test_what_was_agreed_before_a_reopening_counts_once_an_official_says_so() -> None:
    one, other, third = users.official(), users.official(), users.official()
    bid = cases.submitted_bid(round=cases.round_(assessments_needed=2))
    cases.assessment(bid, by=one, values=(1, 3))
    cases.assessment(bid, by=other, values=(3, 3))
    (spread,) = wide_spreads(bid)
    scores.moderate(
        bid, criterion=spread.criterion, value=2, reason="Agreed.", by=one, at=MOMENT
    )
    assessments.reopen(bid, reason="A third view.", by=other, at=moment_after(hours=1))
    cases.assessment(bid, by=third, values=(4, 3))
    assert cases.reload_bid(bid).state == BidState.SUBMITTED
    assert assessment_progress(bid).criteria_agreed_before_reopening == ["Impact"]
    assert assessment_progress(bid).missing == ""
    assessments.conclude(bid, by=other, at=moment_after(hours=2))
    assert cases.reload_bid(bid).state == BidState.ASSESSED


def test_the_database_takes_one_agreed_score_for_each_reopening() -> None:
    one, other = users.official(), users.official()
    bid = cases.submitted_bid(round=cases.round_(assessments_needed=2))
    cases.assessment(bid, by=one, values=(1, 0))
    cases.assessment(bid, by=other, values=(3, 4))
    criterion = wide_spreads(bid)[0].criterion
    agreed = scores.moderate(
        bid, criterion=criterion, value=2, reason="R", by=one, at=MOMENT
    )

    def changes(at: datetime) -> bool:
        score_rows = bid.moderated_scores.filter(pk=agreed.pk)
        with suppress(ProgrammingError), transaction.atomic():
            return bool(score_rows.update(value=3, moderated_at=at))
        return False

    assert not changes(MOMENT)
    assert not changes(moment_after(hours=1))
    with recorded_changes():
        bid.reopenings.create(
            reason="Misread.", reopened_by=other, reopened_at=moment_after(hours=2)
        )
    assert not changes(moment_after(hours=1))
    assert changes(moment_after(hours=3))
    assert not changes(moment_after(hours=4))


def test_not_applicable_is_no_score_and_makes_no_spread() -> None:
    one, other = users.official(), users.official()
    bid = cases.submitted_bid()
    cases.assessment(bid, by=one, values=(None, 0), finish=False)
    cases.assessment(bid, by=other, values=(4, 1))
    assessments.finish(bid.assessments.get(assessor=one), by=one, at=MOMENT)
    assert wide_spreads(bid) == []
    score = bid.assessments.get(assessor=one).scores.get(criterion__name="Impact")
    assert (score.value, score.not_applicable) == (None, True)


def test_nobody_sees_others_scores_before_giving_their_own() -> None:
    one, other, reader = users.official(), users.official(), users.analyst()
    bid = cases.submitted_bid()
    unfinished = cases.assessment(bid, by=other, finish=False)
    first = cases.assessment(bid, by=one)
    bid = cases.reload_bid(bid)
    all_of_bid = all_assessments(bid)
    assert visible_assessments(bid, other, all_of_bid) == [unfinished]
    assert visible_assessments(bid, users.official(), all_of_bid) == []
    assert visible_assessments(bid, one, all_of_bid) == [first]
    assert visible_assessments(bid, reader, all_of_bid) == [first]
    assert visible_assessments(bid, cases.editor_of(bid.lead), all_of_bid) == []
    assessments.finish(unfinished, by=other, at=MOMENT)
    bid, all_of_bid = cases.reload_bid(bid), all_assessments(bid)
    assert visible_assessments(bid, other, all_of_bid) == [unfinished, first]


def test_no_event_tells_a_score() -> None:
    cases.assessed_bid()
    for event in Event.objects.filter(name__startswith="assessment."):
        assert set(event.data) <= {"criteria", "user"}
