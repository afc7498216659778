"""Draws the state tables as Mermaid diagrams, for the documents."""

from collections.abc import Sequence

from bids import states as bid_states
from funding import states as funding_states
from innovation.core.transitions import Table

CASE_TABLES = (bid_states.EXPRESSION, bid_states.BID, funding_states.AWARD)
TABLES = (
    *CASE_TABLES,
    funding_states.PAYMENT,
    funding_states.MEETING,
    funding_states.VARIATION,
    funding_states.CORRECTION,
)


def draw(table: Table) -> str:
    """One table as a Mermaid state diagram, in the table's own order."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {_first_state(table)}"]
    lines += [
        f"    {source} --> {row.target}: {row.verb.replace('_', ' ')}"
        for row in table.transitions
        for source in row.sources
    ]
    reached = {str(s) for row in table.transitions for s in (*row.sources, row.target)}
    ends = sorted(s for s in reached if not table.verbs_from(s))
    lines += [f"    {state} --> [*]" for state in ends]
    return "\n".join([*lines, "```"])


def draw_all() -> str:
    return _draw_with_headings(TABLES)


def draw_case_tables() -> str:
    """The tables of an expression, a bid and an award."""
    return _draw_with_headings(CASE_TABLES)


def _draw_with_headings(tables: Sequence[Table]) -> str:
    parts = [f"### {t.noun[0].upper()}{t.noun[1:]}\n\n{draw(t)}" for t in tables]
    return "\n\n".join(parts) + "\n"


def _first_state(table: Table) -> str:
    return str(next(iter(table.states)))
