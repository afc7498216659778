"""Facts: real columns and rows of the case, asked for by questions of their own."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bids.domain.question_types.question_type import Kind, says
from bids.models import Question
from bids.models.bid import CostCategory
from bids.models.expression import SupportKind
from bids.models.question import QuestionKind as K
from innovation.core import clock
from innovation.core.formatting import written_date
from innovation.core.money import Money

Row = Mapping[str, Any]
_EOI, _BID = ("expression",), ("bid",)


def total(case: Any) -> Money:
    """What is asked for in all."""
    return Money(sum(row["amount"] for row in case.sheet_money))


def _column(name: str) -> Callable[[Question, Any], str]:
    return lambda question, case: str(getattr(case, name) or "")


def _names(name: str) -> Callable[[Question, Any], str]:
    return lambda question, case: "\n".join(getattr(case, name))


def _rows(
    name: str, write: Callable[[Row], str], last: Callable[[Any], str] | None = None
) -> Callable[[Question, Any], str]:
    def text(question: Question, case: Any) -> str:
        lines = [write(row) for row in getattr(case, name)]
        apart = "\n\n" if any("\n" in line for line in lines) else "\n"
        return apart.join([*lines, last(case)] if lines and last else lines)

    return text


def _year(row: Row) -> str:
    return clock.financial_year_name(row["financial_year"])


def _day(written: str) -> str:
    return written_date(date.fromisoformat(written[:10]))


def _total(case: Any) -> str:
    return f"Total: {total(case)}"


def _cost(row: Row) -> str:
    whose = f", {row['partner']}" if row["partner"] else ""
    what = CostCategory(row["category"]).label.lower()
    return f"{_year(row)}, {what}{whose}: {Money(row['amount'])}"


def _other(row: Row) -> str:
    sure = "secured" if row["secured"] else "not yet secured"
    return f"{_year(row)}, {row['source']}: {Money(row['amount'])} ({sure})"


def _support(row: Row) -> str:
    label = str(SupportKind(row["kind"]).label)
    return f"{label}: {row['detail']}" if row["detail"] else label


def _outcome(row: Row) -> str:
    said = [row["description"]]
    if row["measure"]:
        said.append(f"Measured by: {row['measure']}")
    for name in ("baseline", "target"):
        if row.get(name) is not None:
            said.append(f"{name.capitalize()}: {_number(row[name])}")
    if row.get("due_on"):
        said.append(f"By {_day(row['due_on'])}")
    return "\n".join(said)


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _risk(row: Row) -> str:
    return (
        f"{row['description']}\nLikelihood {row['likelihood']}, "
        f"impact {row['impact']} of 5\n{row['mitigation']}"
    )


def _letter(row: Row) -> str:
    return f"{row['organisation']}, {_day(row['received_on'])}: {row['text']}"


def _within_limits(question: Question, case: Any) -> str | None:
    asked, round = total(case), case.round
    if round.award_most is not None and asked > round.award_most:
        return f"You ask for {asked} but this round gives at most {round.award_most}"
    if round.award_least is not None and asked < round.award_least:
        return f"You ask for {asked} but this round gives at least {round.award_least}"
    return None


def by_year(question: Question | None, case: Any) -> dict[int, int]:
    """Pence asked for, by financial year."""
    found: dict[int, int] = {}
    for row in case.sheet_money:
        year = row["financial_year"]
        found[year] = found.get(year, 0) + row["amount"]
    return found


def _costs(question: Question, case: Any) -> str | None:
    """The costs come to the sum asked for, where a bid says it."""
    found = total(case)
    if case.asked is not None and found != case.asked:
        return (
            f"Your costs come to {found} but you ask for {case.asked}: "
            "make them the same"
        )
    return _within_limits(question, case)


def _targets(question: Question, case: Any) -> str | None:
    """A bid’s outcomes have a target and a date; a baseline may not be known yet."""
    for row in case.sheet_outcomes:
        if "target" in row and (row["target"] is None or row["due_on"] is None):
            return f"Enter the target and its date for “{row['description']}”"
    return None


_NO_MONEY = says("Enter the money you ask for in at least one financial year")
KINDS: Mapping[str, Kind] = {
    K.TITLE: Kind(fact="title", text=_column("title"), missing=says("Enter a title")),
    K.SUMMARY: Kind(
        fact="summary",
        text=_column("summary"),
        missing=says("Enter a summary of the idea"),
        counts_words=True,
    ),
    K.PARTNERS: Kind(fact="partners", text=_names("sheet_partners")),
    K.AREAS: Kind(fact="councils", text=_names("sheet_councils")),
    K.STRAND: Kind(
        fact="strand",
        text=_column("strand"),
        missing=says("Choose the strand the idea belongs to"),
    ),
    K.MATURITY: Kind(fact="maturity", text=_column("maturity")),
    K.IDEA_TYPE: Kind(fact="idea_type", text=_column("idea_type")),
    K.PRACTICE_MODELS: Kind(
        fact="practice_models", text=_names("sheet_practice_models")
    ),
    K.MONEY_ASKED: Kind(
        fact="money",
        stages=_EOI,
        text=_rows(
            "sheet_money", lambda row: f"{_year(row)}: {Money(row['amount'])}", _total
        ),
        missing=_NO_MONEY,
        also=_within_limits,
        compared=by_year,
    ),
    K.SUPPORT: Kind(fact="support", stages=_EOI, text=_rows("sheet_support", _support)),
    K.BARRIERS: Kind(
        fact="barriers",
        stages=_EOI,
        text=_rows(
            "sheet_barriers",
            lambda row: f"{row['law_or_rule']}: {row['what_it_stops']}",
        ),
    ),
    K.OUTCOMES: Kind(
        fact="outcomes", text=_rows("sheet_outcomes", _outcome), also=_targets
    ),
    K.SUM_ASKED: Kind(
        fact="asked",
        stages=_BID,
        text=_column("asked"),
        missing=says("Enter the sum you ask for"),
    ),
    K.COSTS: Kind(
        fact="money",
        stages=_BID,
        text=_rows("sheet_money", _cost, _total),
        missing=_NO_MONEY,
        also=_costs,
        compared=by_year,
    ),
    K.OTHER_FUNDING: Kind(
        fact="other_funding", stages=_BID, text=_rows("sheet_other_funding", _other)
    ),
    K.MILESTONES: Kind(
        fact="milestones",
        stages=_BID,
        text=_rows(
            "sheet_milestones",
            lambda row: f"{_day(row['due_on'])}: {row['description']}",
        ),
    ),
    K.RISKS: Kind(fact="risks", stages=_BID, text=_rows("sheet_risks", _risk)),
    K.THEORY_OF_CHANGE: Kind(
        fact="theory_of_change",
        stages=_BID,
        text=_column("theory_of_change"),
        counts_words=True,
    ),
    K.EVALUATION_PLAN: Kind(
        fact="evaluation_plan",
        stages=_BID,
        text=_column("evaluation_plan"),
        counts_words=True,
    ),
    K.PARTNER_LETTERS: Kind(
        fact="partner_letters",
        stages=_BID,
        text=_rows("sheet_partner_letters", _letter),
    ),
}
