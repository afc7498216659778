"""A case on one page, such as for a meeting of a council’s cabinet.

It reads the case’s snapshot (`domain.queries.case_snapshot`) and makes no query. Long
texts and lists are cut, so that it fits on one sheet.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from bids.domain.applications import Case
from bids.domain.question_types import fact_types
from bids.models.application import Row

SUMMARY_WORDS = 130
ROW_WORDS = 30
MOST_ROWS = 4
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Part:
    """`left_out` is the number of rows for which there was no room."""

    title: str
    rows: Sequence[str]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Briefing:
    summary: str
    is_summary_cut: bool
    places: Part
    partners: Part
    parts: Sequence[Part]
    """Outcomes, milestones, risks, other support and barriers: those that it has."""


def briefing(case: Case) -> Briefing:
    summary = _shorten(case.summary, SUMMARY_WORDS)
    parts = [
        _part("What would be different for children", case.snapshot_outcomes, _outcome),
        _part("Milestones", getattr(case, "snapshot_milestones", []), _milestone),
        _part("Main risks", _by_weight(getattr(case, "snapshot_risks", [])), _risk),
        _part(
            "Support asked for besides money",
            case.snapshot_support,
            fact_types.support_text,
        ),
        _part("Laws or rules in the way", case.snapshot_barriers, _barrier),
    ]
    return Briefing(
        summary=summary,
        is_summary_cut=summary != _one_line(case.summary),
        places=_names("Council areas", case.snapshot_councils),
        partners=_names("Partners", case.snapshot_partners),
        parts=[part for part in parts if part.rows],
    )


def _part(title: str, rows: Sequence[Row], write: Callable[[Row], str]) -> Part:
    texts = [_shorten(write(row), ROW_WORDS) for row in rows[:MOST_ROWS]]
    return Part(title, texts, max(len(rows) - MOST_ROWS, 0))


def _names(title: str, names: Sequence[str]) -> Part:
    return Part(title, names[:MOST_NAMES], max(len(names) - MOST_NAMES, 0))


def _by_weight(risks: Iterable[Row]) -> list[Row]:
    """The largest risks first."""
    return sorted(risks, key=lambda row: -row["likelihood"] * row["impact"])


def _outcome(row: Row) -> str:
    measure = f" (measured by {row['measure']})" if row["measure"] else ""
    return f"{row['description']}{measure}"


def _milestone(row: Row) -> str:
    return f"{fact_types.date_text(row['due_on'])}: {row['description']}"


def _risk(row: Row) -> str:
    scale = f"likelihood {row['likelihood']}, impact {row['impact']} of 5"
    return f"{row['description']} ({scale}). {row['mitigation']}"


def _barrier(row: Row) -> str:
    return f"{row['law_or_rule']}: {row['what_it_stops']}"


def _shorten(text: str, words: int) -> str:
    return Truncator(_one_line(text)).words(words, truncate=" …")


def _one_line(text: str) -> str:
    """On a sheet the lines and paragraphs of a text would cost too much room."""
    return " ".join(text.split())
