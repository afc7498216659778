"""How strict assessors are, by the bids they share."""

import random
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bids.domain import assessments
from bids.domain.assessor_severity import FEWEST_SPARE, GivenResult, severities
from bids.domain.queries.results import round_health
from tests.dates import MOMENT
from tests.drives import drive
from tests.factories import cases, grants, users
from tests.narrowing import not_none


def panel(adds: Sequence[float], bids: int, chance: float = 0) -> list[GivenResult]:
    """What assessors give who each assess two bids in three."""
    draw = random.Random(1)
    return [
        GivenResult(bid, assessor, 30 + bid + points + draw.gauss(0, chance))
        for bid in range(bids)
        for assessor, points in enumerate(adds)
        if (bid + assessor) % 3
    ]


def test_without_chance_what_each_assessor_adds_is_found_exactly() -> None:
    found = not_none(severities(panel((-6, 0, 1, 5), bids=12)))
    assert [round(found[pk].points, 6) for pk in range(4)] == [-6, 0, 1, 5]
    assert all(row.high - row.low < 1e-6 for row in found.values())


def test_whoever_assesses_better_bids_is_not_called_generous() -> None:
    """One assesses the poor bids and another the good, and a third all of them."""
    results = [
        GivenResult(bid, assessor, 10.0 * bid)
        for bid in range(10)
        for assessor in (1 if bid < 5 else 2, 3)
    ]
    found = not_none(severities(results))
    assert [round(found[pk].points, 6) for pk in (1, 2, 3)] == [0, 0, 0]
    assert not any(row.is_strict or row.is_generous for row in found.values())


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    adds, held, tried = (-4.0, -1.0, 2.0, 3.0), 0, 0
    for seed in range(300):
        draw = random.Random(seed)
        results = [
            GivenResult(bid, assessor, 50 + points + draw.gauss(0, 8))
            for bid in range(8)
            for assessor, points in enumerate(adds)
            if (bid + assessor) % 3
        ]
        for assessor, row in not_none(severities(results)).items():
            held += row.low <= adds[assessor] <= row.high
            tried += 1
    assert 0.92 < held / tried < 0.98


def test_assessors_whom_no_bids_connect_are_not_compared() -> None:
    apart = [
        GivenResult(bid, assessor, float(bid))
        for bid in range(20)
        for assessor in ((1, 2) if bid < 10 else (3, 4))
    ]
    assert severities(apart) is None
    bridge = [GivenResult(99, 2, 50.0), GivenResult(99, 3, 50.0)]
    assert set(not_none(severities(apart + bridge))) == {1, 2, 3, 4}


def test_too_few_results_say_nothing() -> None:
    def two_assessors(bids: int) -> list[GivenResult]:
        return [
            GivenResult(bid, who, float(bid)) for bid in range(bids) for who in (1, 2)
        ]

    assert severities([]) is None
    assert severities(two_assessors(FEWEST_SPARE)) is None
    assert severities(two_assessors(FEWEST_SPARE + 1)) is not None


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(0, 1000)),
        max_size=50,
        unique_by=lambda row: row[:2],
    )
)
@drive(50, all=2_000)
def test_it_is_the_least_squares_fit_of_bids_and_assessors(
    rows: list[tuple[int, int, int]],
) -> None:
    """Beside NumPy’s own least squares, over a column for each bid and assessor."""
    found = severities(GivenResult(bid, who, score / 10) for bid, who, score in rows)
    if found is None:
        return
    columns = np.zeros((len(rows) + 1, 15))
    for line, (bid, who, _) in enumerate(rows):
        columns[line, [bid, 10 + who]] = 1
    columns[-1, [10 + who for who in found]] = 1
    sums = np.array([score / 10 for _, _, score in rows] + [0])
    solution = np.linalg.lstsq(columns, sums, rcond=None)[0]
    for who, row in found.items():
        assert row.points == pytest.approx(solution[10 + who], abs=1e-6)
        assert row.low <= row.points <= row.high


@pytest.mark.django_db
def test_a_strict_assessor_is_named_to_those_who_read_all_cases(client: Client) -> None:
    round, strict, other = cases.round_(), users.official(), users.official()
    for place in range(FEWEST_SPARE + 1):
        bid = cases.submitted_bid(round=round)
        assessments.assign(bid, assessor=other, by=users.official(), at=MOMENT)
        cases.assessment(bid, by=strict, values=(1 + place % 2, 1))
        cases.assessment(bid, by=other, values=(2 + place % 2, 2))
    reader = users.analyst()
    by_name = {row.name: row for row in round_health(round, reader).assessors}
    severity = not_none(by_name[strict.name].severity)
    assert Decimal(severity.points).quantize(Decimal("0.1")) == Decimal("-12.5")
    assert (severity.is_strict, severity.is_generous) == (True, False)
    address = f"/rounds/{round.key}/scores"
    client.force_login(reader)
    page = client.get(address).content.decode()
    assert "−12.5 (−12.5 to −12.5)" in page
    assert ("Stricter" in page, "More generous" in page) == (True, True)
    client.force_login(users.coach())
    assert client.get(address).status_code == 403


@pytest.mark.django_db
def test_bids_that_are_closed_to_the_reader_say_nothing_of_assessors() -> None:
    round, reader = cases.round_(), users.person("official", "board_member")
    people = [users.official(), users.official()]
    bids = [cases.submitted_bid(round=round) for _ in range(FEWEST_SPARE + 1)]
    for bid in bids:
        assessments.assign(bid, assessor=people[1], by=users.official(), at=MOMENT)
        for person in people:
            cases.assessment(bid, by=person, values=(2, 2))
    assert round_health(round, reader).tells_severity
    grants.interest(bids[0], reader)
    assert not round_health(round, reader).tells_severity
