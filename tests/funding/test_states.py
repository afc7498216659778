"""Every cell of the state tables: which verb leads from where to where."""

from itertools import zip_longest

import pytest

from funding.states import AWARD, CORRECTION, MEETING, PAYMENT, VARIATION
from innovation.core.errors import TooLate
from innovation.core.transitions import Table

# One row a verb, one column a state; `-` is a transition there is not.
# Nothing leads on from closed, declined, withdrawn, terminated or retracted.
AWARD_CELLS = """
              offered   accepted   active     suspended  closing    closed declined withdrawn terminated recorded
    accept    accepted  -          -          -          -          -      -        -         -          -
    decline   declined  -          -          -          -          -      -        -         -          -
    withdraw  withdrawn -          -          -          -          -      -        -         -          -
    start     -         active     -          -          -          -      -        -         -          -
    suspend   -         -          suspended  -          -          -      -        -         -          -
    resume    -         -          -          active     -          -      -        -         -          -
    wind_down -         -          closing    -          -          -      -        -         -          -
    close     -         -          -          -          closed     -      -        -         -          -
    terminate -         terminated terminated terminated terminated -      -        -         -          -
    retract   -         -          -          -          -          -      -        -         -          retracted
"""  # noqa: E501
PAYMENT_CELLS = """
             planned    requested  paid       refused    recovered
    request  requested  -          -          requested  -
    release  -          paid       -          -          -
    refuse   -          refused    -          -          -
    recover  -          -          recovered  -          -
"""
MEETING_CELLS = """
                planned     papers_out  held      minuted
    send_papers papers_out  -           -         -
    hold        -           held        -         -
    minute      -           -           minuted   -
"""
VARIATION_CELLS = """
            asked    agreed   refused
    agree   agreed   -        -
    refuse  refused  -        -
"""
CORRECTION_CELLS = """
            waiting  done     refused
    confirm done     -        -
    refuse  refused  -        -
"""


def table_cells(table: Table, cells: str) -> list[tuple[Table, str, str, str]]:
    head, *rows = [line.split() for line in cells.strip().splitlines()]
    states = [state.value for state in table.states]
    assert head == states[: len(head)]
    return [
        (table, verb, state, target)
        for verb, *targets in rows
        for state, target in zip_longest(states, targets, fillvalue="-")
    ]


EVERY_CELL = [
    *table_cells(AWARD, AWARD_CELLS),
    *table_cells(PAYMENT, PAYMENT_CELLS),
    *table_cells(MEETING, MEETING_CELLS),
    *table_cells(VARIATION, VARIATION_CELLS),
    *table_cells(CORRECTION, CORRECTION_CELLS),
]


@pytest.mark.parametrize(
    ("table", "verb", "state", "target"),
    EVERY_CELL,
    ids=[f"{table.noun}-{verb}-{state}" for table, verb, state, _ in EVERY_CELL],
)
def test_a_verb_leads_where_the_table_says(
    table: Table, verb: str, state: str, target: str
) -> None:
    if target == "-":
        assert not table.allows(verb, state)
        with pytest.raises(TooLate):
            table.next(verb, state)
    else:
        assert table.next(verb, state) == target


@pytest.mark.parametrize("table", [AWARD, CORRECTION, PAYMENT, MEETING, VARIATION])
def test_no_transition_is_missing_from_the_drawing(table: Table) -> None:
    named = {(t.noun, verb) for t, verb, _, _ in EVERY_CELL}

    assert {(table.noun, row.verb) for row in table.transitions} <= named
