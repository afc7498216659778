"""The facts of a case as rows of a summary list, for applicant and department alike.

Reads what `domain.queries.sheets` fetched; makes no query of its own.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from bids.models.bid import CostCategory
from bids.models.expression import SupportKind
from bids.models.question import QuestionKind
from innovation.core import clock
from innovation.core.money import Money
from innovation.web.words import written_date

Row = dict[str, Any]
Group = dict[str, Any]


def groups(case: Any) -> list[Group]:
    """Each group: `slug` of its section, `title`, `rows`."""
    bid = hasattr(case, "sheet_outcomes")
    found = [
        _group("idea", "The idea", _idea(case)),
        _group("kind", "Strand and kind of idea", _kind(case)),
        _group("places", "Councils and partners", _places(case)),
        _costs(case) if bid else _group("money", "Money asked for", money(case)),
    ]
    if bid:
        found += _plan(case)
    else:
        found.append(_group("support", "Support and barriers", _support(case)))
    if case.question_set_id is not None:
        found.append(_group("questions", "This round’s questions", answers(case)))
    return found


def total(case: Any) -> Money:
    return Money(sum(row["amount"] for row in case.sheet_money))


def money(case: Any) -> list[Row]:
    rows = [
        _row(clock.financial_year_name(row["financial_year"]), Money(row["amount"]))
        for row in case.sheet_money
    ]
    return [*rows, _row("Total", total(case))] if rows else [_row("Money", "")]


def answers(case: Any) -> list[Row]:
    return [
        _row(said["wording"], _answer(said["kind"], said["value"]))
        for said in case.sheet_answers
    ] or [_row("Answers", "")]


def _group(slug: str, title: str, rows: list[Row]) -> Group:
    return {"slug": slug, "title": title, "rows": rows}


def _row(label: str, value: object) -> Row:
    return {"label": label, "value": str(value) if value is not None else ""}


def _idea(case: Any) -> list[Row]:
    return [_row("Title", case.title), _row("Summary", case.summary)]


def _kind(case: Any) -> list[Row]:
    return [
        _row("Strand", case.strand),
        _row("Stage", case.maturity),
        _row("Kind of idea", case.idea_type),
        _row("Practice models", ", ".join(case.sheet_practice_models)),
    ]


def _places(case: Any) -> list[Row]:
    return [
        _row("Lead organisation", case.lead),
        _row("Councils", "\n".join(case.sheet_councils)),
        _row("Partners", "\n".join(case.sheet_partners)),
    ]


def _support(case: Any) -> list[Row]:
    needs = [
        _row(SupportKind(row["kind"]).label, row["detail"] or "Yes")
        for row in case.sheet_support
    ]
    barriers = [
        _row(row["law_or_rule"], row["what_it_stops"]) for row in case.sheet_barriers
    ]
    return needs + barriers or [_row("Support needed", "")]


def _costs(case: Any) -> Group:
    rows = [
        _row(
            f"{clock.financial_year_name(row['financial_year'])}, "
            f"{CostCategory(row['category']).label.lower()}",
            Money(row["amount"]),
        )
        for row in case.sheet_money
    ]
    rows = [*rows, _row("Total", total(case))] if rows else [_row("Costs", "")]
    rows += [
        _row(
            f"From {row['source']}, {clock.financial_year_name(row['financial_year'])}",
            f"{Money(row['amount'])}"
            + (" (secured)" if row["secured"] else " (not yet secured)"),
        )
        for row in case.sheet_other_funding
    ]
    return _group("costs", "Costs by year", rows)


def _plan(case: Any) -> list[Group]:
    return [
        _group(
            "outcomes",
            "Outcomes",
            _lines(
                case.sheet_outcomes,
                "Outcome",
                lambda row: f"{row['description']}\nMeasured by: {row['measure']}",
            ),
        ),
        _group(
            "milestones",
            "Milestones",
            _lines(
                case.sheet_milestones,
                "Milestone",
                lambda row: f"{_day(row['due_on'])}: {row['description']}",
            ),
        ),
        _group(
            "risks",
            "Risks",
            _lines(
                case.sheet_risks,
                "Risk",
                lambda row: (
                    f"{row['description']}\nLikelihood {row['likelihood']}, "
                    f"impact {row['impact']} of 5\n{row['mitigation']}"
                ),
            ),
        ),
        _group(
            "plan",
            "Theory of change and evaluation",
            [
                _row("Theory of change", case.theory_of_change),
                _row("Evaluation plan", case.evaluation_plan),
            ],
        ),
    ]


def _lines(
    rows: Iterable[dict[str, Any]], noun: str, words: Callable[[dict[str, Any]], str]
) -> list[Row]:
    return [
        _row(f"{noun} {number}", words(row)) for number, row in enumerate(rows, start=1)
    ] or [_row(f"{noun}s", "")]


def _day(written: str) -> str:
    return written_date(date.fromisoformat(written[:10]))


def _answer(kind: str, value: Any) -> str:
    if kind == QuestionKind.MONEY:
        return str(Money(value))
    if kind == QuestionKind.DATE:
        return _day(value)
    return ", ".join(value) if isinstance(value, list) else str(value)
