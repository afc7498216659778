"""The weighted result of a bid, and the ranking of a round by it."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bids.domain import assessments, results, scores
from bids.domain.queries.results import (
    bid_result,
    ranking,
    result_of_loaded,
    round_budget,
    round_health,
)
from bids.domain.queries.scores import all_assessments
from bids.domain.score_health import FEWEST_BIDS
from bids.models import Bid, Criterion, Envelope, Round
from innovation.accounts.models import User
from innovation.core.money import Money
from tests.audit_events import recorded_changes
from tests.database_guards import force_update
from tests.dates import MOMENT
from tests.drives import drive
from tests.factories import cases, grants, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def scale(pk: int, weight: int, min_score: int, max_score: int) -> Criterion:
    """A criterion of a made-up round."""
    return Criterion(pk=pk, weight=weight, min_score=min_score, max_score=max_score)


@st.composite
def assessed_criteria(
    draw: st.DrawFn,
) -> tuple[list[Criterion], list[dict[int, int | None]]]:
    """One to five criteria, and the scores of one to four assessors."""
    criteria = []
    for pk in range(1, draw(st.integers(1, 5)) + 1):
        lowest = draw(st.integers(0, 3))
        highest = lowest + draw(st.integers(1, 10))
        criteria.append(scale(pk, draw(st.integers(1, 100)), lowest, highest))
    given_scores = st.fixed_dictionaries(
        {
            row.pk: st.none() | st.integers(row.min_score, row.max_score)
            for row in criteria
        }
    )
    return criteria, draw(st.lists(given_scores, min_size=1, max_size=4))


def percent(
    criteria: Sequence[Criterion], given_scores: Sequence[dict[int, int | None]]
) -> Decimal | None:
    result = results.result(criteria, dict(enumerate(given_scores)), {})
    return None if result is None else result.percent


@given(assessed_criteria(), st.integers(2, 9))
@drive(30, all=2_000)
def test_only_the_proportion_of_the_weights_counts(
    drawn: tuple[list[Criterion], list[dict[int, int | None]]], factor: int
) -> None:
    criteria, given_scores = drawn
    heavier = [
        scale(row.pk, row.weight * factor, row.min_score, row.max_score)
        for row in criteria
    ]
    assert percent(heavier, given_scores) == percent(criteria, given_scores)


@given(assessed_criteria())
@drive(30, all=2_000)
def test_a_criterion_that_does_not_apply_changes_nothing(
    drawn: tuple[list[Criterion], list[dict[int, int | None]]],
) -> None:
    criteria, given_scores = drawn
    another = scale(99, 50, 0, 4)
    without = percent(criteria, given_scores)
    left_out = [{**each, another.pk: None} for each in given_scores]
    assert percent([*criteria, another], left_out) == without


@given(assessed_criteria())
@drive(30, all=2_000)
def test_a_blank_leaves_the_result_unfinished_and_is_no_zero(
    drawn: tuple[list[Criterion], list[dict[int, int | None]]],
) -> None:
    criteria, given_scores = drawn
    *others, last = given_scores
    blank = {pk: value for pk, value in last.items() if pk != criteria[0].pk}
    assert percent(criteria, [*others, blank]) is None


@given(assessed_criteria())
@drive(30, all=2_000)
def test_a_result_lies_between_the_lowest_and_the_highest_score(
    drawn: tuple[list[Criterion], list[dict[int, int | None]]],
) -> None:
    criteria, given_scores = drawn
    lowest: dict[int, int | None] = {row.pk: row.min_score for row in criteria}
    highest: dict[int, int | None] = {row.pk: row.max_score for row in criteria}
    assert percent(criteria, [lowest]) == 0
    assert percent(criteria, [highest]) == 100
    result = results.result(criteria, dict(enumerate(given_scores)), {})
    if result is None:
        values = [value for each in given_scores for value in each.values()]
        assert values == [None] * len(values)
    else:
        assert 0 <= result.percent <= 100
        assert 0 <= result.lowest <= result.highest <= 100
        assert result.percent == result.percent.quantize(Decimal("0.1"))


def test_a_result_is_rounded_half_a_tenth_upwards() -> None:
    fine = scale(1, 1, 0, 2000)
    assert percent([fine], [{1: 1}]) == Decimal("0.1")
    assert percent([fine], [{1: 2}, {1: 3}]) == Decimal("0.1")
    assert percent([fine], [{1: 3}]) == Decimal("0.2")


def test_weights_scales_and_an_agreed_score_make_the_result() -> None:
    """(3 × 2/4 + 1 × (4 − 1)/4) / 4 is 9/16, and with 4 agreed (3 + 3/4) / 4."""
    criteria = [scale(1, 3, 0, 4), scale(2, 1, 1, 5)]
    given_scores: list[dict[int, int | None]] = [{1: 1, 2: 4}, {1: 3, 2: None}]
    result = not_none(results.result(criteria, dict(enumerate(given_scores)), {}))
    assert result.percent == Decimal("56.3")
    # 3/8 by the first alone; the second leaves out the other criterion.
    assert (result.lowest, result.highest) == (Decimal("37.5"), Decimal("75.0"))
    assert [row.rounded_score for row in result.criteria] == [2, 4]
    agreed = not_none(results.result(criteria, dict(enumerate(given_scores)), {1: 4}))
    assert agreed.percent == Decimal("93.8")
    assert (agreed.lowest, agreed.highest) == (result.lowest, result.highest)


def assess(bid: Bid, *values: tuple[int | None, int | None]) -> Bid:
    for pair in values:
        cases.assessment(bid, by=users.official(), values=pair)
    return cases.reload_bid(bid)


def test_a_bid_has_a_result_once_it_is_assessed_and_not_before() -> None:
    bid = cases.submitted_bid(round=cases.round_(assessments_needed=2))
    assert bid_result(assess(bid, (4, 2))) is None
    result = not_none(bid_result(assess(bid, (4, None))))
    assert (result.percent, result.assessors) == (Decimal("75.0"), 2)
    assert (result.lowest, result.highest) == (Decimal("75.0"), Decimal("100.0"))


def test_the_agreed_score_counts_and_the_spread_stays() -> None:
    one, other = users.official(), users.official()
    bid = cases.submitted_bid(round=cases.round_(assessments_needed=2))
    cases.assessment(bid, by=one, values=(0, 4))
    cases.assessment(bid, by=other, values=(4, 4))
    impact = bid.round.criteria.get(name="Impact")
    scores.moderate(bid, criterion=impact, value=1, reason="Little.", by=one, at=MOMENT)
    bid = cases.reload_bid(bid)
    result = not_none(bid_result(bid))
    assert result.percent == Decimal("62.5")
    assert result_of_loaded(bid, all_assessments(bid)) == result
    assert (result.lowest, result.highest) == (Decimal("50.0"), Decimal("100.0"))


def ranked(round: Round, reader: User) -> list[tuple[int, str, Money]]:
    rows = ranking(round, reader).rows
    return [(row.rank, row.bid.title, row.total) for row in rows]


def test_a_round_is_ranked_with_what_has_been_asked_for_down_to_each_bid() -> None:
    round = cases.round_()
    for title, values in (("A", (2, 2)), ("B", (4, 4)), ("C", (1, 3)), ("D", (0, 0))):
        assess(cases.submitted_bid(round=round, title=title), values)
    unassessed = cases.submitted_bid(round=round, title="E")
    another_round = assess(cases.submitted_bid(title="F"), (4, 4))
    assert another_round.round != unassessed.round
    reader = users.analyst()
    asked = [row.asked for row in ranking(round, reader).rows]
    assert [row[:2] for row in ranked(round, reader)] == [
        (1, "B"),
        (2, "A"),
        (2, "C"),
        (4, "D"),
    ]
    assert [total for _, _, total in ranked(round, reader)] == [
        sum(asked[:place], Money(0)) for place in range(1, 5)
    ]
    assert ranking(round, reader).in_assessment == 1


def test_the_ranking_marks_the_first_bid_above_the_budget() -> None:
    round = cases.round_()
    for title, values in (("A", (2, 2)), ("B", (4, 4))):
        assess(cases.submitted_bid(round=round, title=title), values)
    reader = users.official()
    assert ranking(round, reader).first_above_budget is None
    first, second = ranking(round, reader).rows
    force_update(Envelope.objects.filter(round=round), amount=first.asked)
    assert second.asked
    assert not_none(ranking(round, reader).first_above_budget).bid == second.bid


def test_a_strands_envelope_is_part_of_its_rounds() -> None:
    round = cases.round_()
    strand = round.strands.all()[0]
    with recorded_changes():
        for year, of in (
            (2014, strand),
            (2015, strand),
            (2015, round.strands.all()[1]),
        ):
            Envelope.objects.create(
                round=round, strand=of, financial_year=year, amount=Money.pounds(10)
            )
    assert round_budget(round) == Money.pounds(5_000_020)


def test_a_case_with_an_interest_is_in_no_rank_sum_or_count(client: Client) -> None:
    round = cases.round_()
    closed = assess(cases.submitted_bid(round=round, title="Closed"), (4, 4))
    assess(cases.submitted_bid(round=round, title="Open"), (2, 2))
    reader = users.person("official", "board_member")
    before = ranked(round, reader)
    assert [title for _, title, _ in before] == ["Closed", "Open"]
    grants.interest(closed, reader)
    (row,) = ranking(round, reader).rows
    assert (row.rank, row.bid.title, row.total) == (1, "Open", row.asked)
    client.force_login(reader)
    page = client.get(f"/rounds/{round.key}/ranking").content.decode()
    assert "Closed" not in page
    assert closed.key not in page


@pytest.mark.parametrize("role", ["applicant", "coach", "member", "outsider"])
def test_the_ranking_is_for_those_who_read_every_case(
    client: Client, role: str
) -> None:
    bid = cases.assessed_bid()
    client.force_login(getattr(users, role)())
    assert client.get(f"/rounds/{bid.round.key}/ranking").status_code == 403


def test_the_assessment_shows_the_result_to_those_who_read_its_scores(
    client: Client,
) -> None:
    bid = cases.submitted_bid(round=cases.round_(assessments_needed=2))
    waiting = users.official()
    assessments.assign(bid, assessor=waiting, by=users.official(), at=MOMENT)
    cases.assessment(bid, by=users.official(), values=(3, 3))
    client.force_login(waiting)
    address = f"/bids/{bid.key}/assessments"
    assert "Weighted result" not in client.get(address).content.decode()
    cases.assessment(bid, by=waiting, values=(4, 3))
    assert "Weighted result: 81.3%" in client.get(address).content.decode()


def test_the_board_and_the_minister_read_the_result(client: Client) -> None:
    advice = grants.recommendation()
    paper, decision = f"/papers/{advice.item.key}/", f"/decisions/{advice.bid.key}/"
    member = not_none(advice.item.meeting.members.first())
    for reader, address in ((member, paper), (users.minister(), decision)):
        client.force_login(reader)
        assert "Weighted result: 75.0%" in client.get(address).content.decode()
    grants.interest(advice.bid, member)
    client.force_login(member)
    assert client.get(paper).status_code == 404
    conflicted = users.person("ministers_office", "board_member")
    grants.interest(advice.bid, conflicted)
    client.force_login(conflicted)
    assert client.get(decision).status_code == 404


def test_the_health_of_scores_names_who_has_finished_and_what_tells_bids_apart(
    client: Client,
) -> None:
    round, one, other = cases.round_(), users.official(), users.official()
    for place in range(FEWEST_BIDS):
        bid = cases.submitted_bid(round=round)
        assessments.assign(bid, assessor=other, by=users.official(), at=MOMENT)
        cases.assessment(bid, by=one, values=(place % 5, 2))
        cases.assessment(bid, by=other, values=(min(place % 5 + 1, 4), 2))
    unfinished = cases.submitted_bid(round=round)
    cases.assessment(unfinished, by=one, values=(4, 4), finish=False)
    reader = users.analyst()
    health = round_health(round, reader)
    impact, value = health.criteria
    assert (impact.lowest, impact.highest) == (Decimal("0.5"), Decimal("4.0"))
    assert (impact.bids, impact.compared, impact.agreed) == (5, 5, 5)
    assert impact.agreement == Decimal("100.0")
    assert (impact.tells_apart, value.tells_apart) == (True, False)
    assert {(row.name, row.assigned, row.finished) for row in health.assessors} == {
        (one.name, 6, 5),
        (other.name, 5, 5),
    }
    address = f"/rounds/{round.key}/scores"
    client.force_login(reader)
    assert "Assigned" in client.get(address).content.decode()
    client.force_login(users.coach())
    assert client.get(address).status_code == 403


def test_a_case_with_an_interest_counts_in_no_health(client: Client) -> None:
    round = cases.round_()
    closed = assess(cases.submitted_bid(round=round), (4, 0))
    assess(cases.submitted_bid(round=round), (2, 2))
    reader = users.person("official", "board_member")
    assert [row.bids for row in round_health(round, reader).criteria] == [2, 2]
    grants.interest(closed, reader)
    health = round_health(round, reader)
    assert [row.bids for row in health.criteria] == [1, 1]
    assert [row.mean for row in health.criteria] == [Decimal("2.0")] * 2
    assert len(health.assessors) == 1
