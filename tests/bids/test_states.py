"""The state tables of this app, cell by cell. A cell that is not listed is empty."""

import pytest

from bids.states import (
    BID,
    EXPRESSION,
    RECONSIDERATION,
    BidState,
    ExpressionState,
    ReconsiderationState,
)
from innovation.core.errors import TooLate
from innovation.core.transitions import Table

SHORT = {
    "dra": "draft",
    "sub": "submitted",
    "cla": "clarification",
    "fwd": "taken_forward",
    "dec": "declined",
    "wdn": "withdrawn",
    "mrg": "merged",
    "rtr": "retracted",
    "dev": "in_development",
    "ret": "returned",
    "ass": "assessed",
    "brd": "at_board",
    "min": "with_minister",
    "app": "approved",
    "ask": "asked",
    "uph": "upheld",
    "ovt": "overturned",
}
EXPRESSION_CELLS = """
               dra  sub  cla  fwd  dec  wdn  mrg  rtr
submit         sub  —    —    —    —    —    —    —
ask            —    cla  —    —    —    —    —    —
answer         —    —    sub  —    —    —    —    —
take_back      —    —    sub  —    —    —    —    —
take_forward   —    fwd  —    —    —    —    —    —
decline        —    dec  dec  —    —    —    —    —
reconsider     —    —    —    —    sub  —    —    —
merge          —    mrg  mrg  —    —    —    —    —
withdraw       wdn  wdn  wdn  —    —    —    —    —
retract        —    rtr  —    rtr  rtr  rtr  —    —
"""
BID_CELLS = """
               dev  sub  ret  ass  brd  min  app  dec  wdn
submit         sub  —    sub  —    —    —    —    —    —
return         —    ret  —    —    —    —    —    —    —
assess         —    ass  —    —    —    —    —    —    —
reopen         —    —    —    sub  —    —    —    —    —
list           —    —    —    brd  —    —    —    —    —
defer          —    —    —    —    ass  —    —    —    —
recommend      —    —    —    —    min  —    —    —    —
approve        —    —    —    —    —    app  —    —    —
decline        —    —    —    —    —    dec  —    —    —
reconsider     —    —    —    —    —    —    —    min  —
withdraw       wdn  wdn  wdn  wdn  wdn  wdn  —    —    —
"""
RECONSIDERATION_CELLS = """
               ask  uph  ovt
uphold         uph  —    —
overturn       ovt  —    —
"""
CELLS = (
    (EXPRESSION, EXPRESSION_CELLS),
    (BID, BID_CELLS),
    (RECONSIDERATION, RECONSIDERATION_CELLS),
)


def table_cells(cells: str) -> dict[tuple[str, str], str | None]:
    head, *rows = (line.split() for line in cells.strip().splitlines())
    return {
        (verb, SHORT[state]): SHORT.get(target)
        for verb, *targets in rows
        for state, target in zip(head, targets, strict=True)
    }


EVERY_CELL = [
    pytest.param(table, verb, state, target, id=f"{table.noun}: {verb} from {state}")
    for table, cells in CELLS
    for (verb, state), target in table_cells(cells).items()
]


@pytest.mark.parametrize(("table", "verb", "state", "target"), EVERY_CELL)
def test_a_cell_leads_where_it_is_written_or_refuses(
    table: Table, verb: str, state: str, target: str | None
) -> None:
    assert table.allows(verb, state) == (target is not None)
    if target is None:
        with pytest.raises(TooLate):
            table.next(verb, state)
    else:
        assert table.next(verb, state) == target


def test_the_written_tables_leave_out_no_verb_and_no_state() -> None:
    for table, cells in CELLS:
        verbs = {row.verb for row in table.transitions}
        assert set(table_cells(cells)) == {
            (v, s.value) for v in verbs for s in table.states
        }


def test_every_state_but_the_first_can_be_reached() -> None:
    for table, first in (
        (EXPRESSION, ExpressionState.DRAFT),
        (BID, BidState.IN_DEVELOPMENT),
        (RECONSIDERATION, ReconsiderationState.ASKED),
    ):
        assert {row.target for row in table.transitions} | {first} == set(table.states)
