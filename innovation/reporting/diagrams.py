"""The state tables drawn as Mermaid diagrams, for the README."""

from bids import states as asking
from funding import states as answering
from innovation.core.transitions import Table

TABLES = (
    asking.EXPRESSION,
    asking.BID,
    answering.AWARD,
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
    parts = [f"### {t.noun[0].upper()}{t.noun[1:]}\n\n{draw(t)}" for t in TABLES]
    return "\n\n".join(parts) + "\n"


def _first(table: Table) -> str:
    return str(next(iter(table.states)))
