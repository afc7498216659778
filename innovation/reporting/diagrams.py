"""The state tables drawn as Mermaid diagrams, for the documents."""

from collections.abc import Sequence

from bids import states as asking
from funding import states as answering
from innovation.core.transitions import Table

OF_CASES = (asking.EXPRESSION, asking.BID, answering.AWARD)
TABLES = (
    *OF_CASES,
    answering.PAYMENT,
    answering.MEETING,
    answering.VARIATION,
)


def draw(table: Table) -> str:
    """One table as a Mermaid state diagram, in the table's own order."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {_first(table)}"]
    lines += [
        f"    {source} --> {row.target}: {row.verb.replace('_', ' ')}"
        for row in table.transitions
        for source in row.sources
    ]
    reached = {str(s) for row in table.transitions for s in (*row.sources, row.target)}
    ends = sorted(s for s in reached if not table.verbs_from(s))
    lines += [f"    {state} --> [*]" for state in ends]
    return "\n".join([*lines, "```"])


def everything() -> str:
    return _headed(TABLES)


def of_cases() -> str:
    """The three that a case walks through."""
    return _headed(OF_CASES)


def _headed(tables: Sequence[Table]) -> str:
    parts = [f"### {t.noun[0].upper()}{t.noun[1:]}\n\n{draw(t)}" for t in tables]
    return "\n\n".join(parts) + "\n"


def _first(table: Table) -> str:
    return str(next(iter(table.states)))
