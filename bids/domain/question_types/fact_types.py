"""Types whose answers are facts: columns and related rows of the case."""

from collections.abc import Callable, Mapping
from datetime import date

from bids.domain.applications import Case
from bids.domain.question_types.definition import QuestionTypeDefinition, fixed_message
from bids.models import Bid, Question
from bids.models.application import Row
from bids.models.bid import CostCategory, Impact, Likelihood
from bids.models.expression import UNTITLED, SupportKind
from bids.models.question_type import QuestionType as K
from innovation.core import clock
from innovation.core.formatting import format_date, format_number
from innovation.core.money import Money

_EOI, _BID = ("expression",), ("bid",)


def total_asked(case: Case) -> Money:
    """The total amount requested."""
    return Money(sum(row["amount"] for row in case.snapshot_money))


def _column_text(name: str) -> Callable[[Question, Case], str]:
    return lambda question, case: str(getattr(case, name) or "")


def _title_text(question: Question, case: Case) -> str:
    return "" if case.title == UNTITLED else case.title


def _names_text(name: str) -> Callable[[Question, Case], str]:
    return lambda question, case: "\n".join(getattr(case, name))


def _rows_text(
    name: str, write: Callable[[Row], str], last: Callable[[Case], str] | None = None
) -> Callable[[Question, Case], str]:
    def text(question: Question, case: Case) -> str:
        lines = [write(row) for row in getattr(case, name)]
        separator = "\n\n" if any("\n" in line for line in lines) else "\n"
        return separator.join([*lines, last(case)] if lines and last else lines)

    return text


def _year_text(row: Row) -> str:
    return clock.financial_year_name(row["financial_year"])


def date_text(text: str) -> str:
    return format_date(date.fromisoformat(text[:10]))


def _total_text(case: Case) -> str:
    return f"Total: {total_asked(case)}"


def _costs_text(question: Question, case: Case) -> str:
    """A line for each cost, with the amounts by financial year, and the total."""
    amounts: dict[str, list[str]] = {}
    for row in case.snapshot_money:
        amount = f"{Money(row['amount'])} in {_year_text(row)}"
        amounts.setdefault(_cost_name(row), []).append(amount)
    lines = [f"{name}: {', '.join(years)}" for name, years in amounts.items()]
    return "\n".join([*lines, _total_text(case)] if lines else [])


def _cost_name(row: Row) -> str:
    category = str(CostCategory(row["category"]).label)
    details = [category.lower()] if row["description"] else []
    details += [row["partner"]] if row["partner"] else []
    name = row["description"] or category
    return f"{name} ({', '.join(details)})" if details else name


def _other_funding_text(row: Row) -> str:
    certainty = "secured" if row["secured"] else "not yet secured"
    return f"{_year_text(row)}, {row['source']}: {Money(row['amount'])} ({certainty})"


def support_text(row: Row) -> str:
    label = str(SupportKind(row["kind"]).label)
    return f"{label}: {row['detail']}" if row["detail"] else label


def _outcome_text(row: Row) -> str:
    parts = [row["description"]]
    if row["measure"]:
        parts.append(f"Measured by: {row['measure']}")
    for name in ("baseline", "target"):
        if row.get(name) is not None:
            parts.append(f"{name.capitalize()}: {format_number(row[name])}")
    if row.get("due_on"):
        parts.append(f"By {date_text(row['due_on'])}")
    return "\n".join(parts)


def _risk_text(row: Row) -> str:
    likelihood, impact = Likelihood(row["likelihood"]), Impact(row["impact"])
    return (
        f"{row['description']}\n"
        f"Likelihood {likelihood.value} of 5 ({likelihood.label.lower()}), "
        f"impact {impact.value} of 5 ({impact.label.lower()})\n{row['mitigation']}"
    )


def _letter_text(row: Row) -> str:
    return f"{row['organisation']}, {date_text(row['received_on'])}: {row['text']}"


def _limits_problem(question: Question, case: Case) -> str | None:
    total, round = total_asked(case), case.round
    if round.max_award is not None and total > round.max_award:
        return (
            f"You ask for {total} but the largest award in this round is "
            f"{round.max_award}"
        )
    if round.min_award is not None and total < round.min_award:
        return (
            f"You ask for {total} but the smallest award in this round is "
            f"{round.min_award}"
        )
    return None


def pence_by_year(question: Question | None, case: Case) -> dict[int, int]:
    """Pence requested, by financial year."""
    pence: dict[int, int] = {}
    for row in case.snapshot_money:
        year = row["financial_year"]
        pence[year] = pence.get(year, 0) + row["amount"]
    return pence


def _costs_problem(question: Question, case: Case) -> str | None:
    """The costs of a bid must equal the amount requested."""
    total = total_asked(case)
    requested = case.asked if isinstance(case, Bid) else None
    if requested is not None and total != requested:
        return (
            f"Your costs add up to {total} but you ask for {requested}: "
            "make them the same"
        )
    return _limits_problem(question, case)


def _targets_problem(question: Question, case: Case) -> str | None:
    """The outcomes of a bid need a target and a date; a baseline may be unknown."""
    for row in case.snapshot_outcomes:
        if "target" in row and (row["target"] is None or row["due_on"] is None):
            return f"Enter the target and its date for “{row['description']}”"
    return None


_NO_MONEY_MESSAGE = fixed_message("Enter how much funding you need")
DEFINITIONS: Mapping[str, QuestionTypeDefinition] = {
    K.TITLE: QuestionTypeDefinition(
        fact="title",
        text=_title_text,
        missing_message=fixed_message("Enter what the idea is called"),
    ),
    K.SUMMARY: QuestionTypeDefinition(
        fact="summary",
        text=_column_text("summary"),
        counts_words=True,
    ),
    K.PARTNERS: QuestionTypeDefinition(
        fact="partners", text=_names_text("snapshot_partners")
    ),
    K.AREAS: QuestionTypeDefinition(
        fact="councils", text=_names_text("snapshot_councils")
    ),
    K.STRAND: QuestionTypeDefinition(
        fact="strand",
        text=_column_text("strand"),
        missing_message=fixed_message("Select the strand the idea belongs to"),
    ),
    K.MATURITY: QuestionTypeDefinition(fact="maturity", text=_column_text("maturity")),
    K.IDEA_TYPE: QuestionTypeDefinition(
        fact="idea_type", text=_column_text("idea_type")
    ),
    K.PRACTICE_MODELS: QuestionTypeDefinition(
        fact="practice_models", text=_names_text("snapshot_practice_models")
    ),
    K.MONEY_ASKED: QuestionTypeDefinition(
        fact="money",
        stages=_EOI,
        text=_rows_text(
            "snapshot_money",
            lambda row: f"{_year_text(row)}: {Money(row['amount'])}",
            _total_text,
        ),
        missing_message=_NO_MONEY_MESSAGE,
        extra_problem=_limits_problem,
        comparable_value=pence_by_year,
    ),
    K.SUPPORT: QuestionTypeDefinition(
        fact="support", text=_rows_text("snapshot_support", support_text)
    ),
    K.BARRIERS: QuestionTypeDefinition(
        fact="barriers",
        text=_rows_text(
            "snapshot_barriers",
            lambda row: f"{row['law_or_rule']}: {row['what_it_stops']}",
        ),
    ),
    K.OUTCOMES: QuestionTypeDefinition(
        fact="outcomes",
        text=_rows_text("snapshot_outcomes", _outcome_text),
        extra_problem=_targets_problem,
    ),
    K.SUM_ASKED: QuestionTypeDefinition(
        fact="asked",
        stages=_BID,
        text=_column_text("asked"),
        missing_message=fixed_message("Enter how much you are asking for"),
    ),
    K.COSTS: QuestionTypeDefinition(
        fact="money",
        stages=_BID,
        text=_costs_text,
        missing_message=_NO_MONEY_MESSAGE,
        extra_problem=_costs_problem,
        comparable_value=pence_by_year,
    ),
    K.OTHER_FUNDING: QuestionTypeDefinition(
        fact="other_funding",
        stages=_BID,
        text=_rows_text("snapshot_other_funding", _other_funding_text),
    ),
    K.MILESTONES: QuestionTypeDefinition(
        fact="milestones",
        stages=_BID,
        text=_rows_text(
            "snapshot_milestones",
            lambda row: f"{date_text(row['due_on'])}: {row['description']}",
        ),
    ),
    K.RISKS: QuestionTypeDefinition(
        fact="risks", stages=_BID, text=_rows_text("snapshot_risks", _risk_text)
    ),
    K.THEORY_OF_CHANGE: QuestionTypeDefinition(
        fact="theory_of_change",
        stages=_BID,
        text=_column_text("theory_of_change"),
        counts_words=True,
    ),
    K.EVALUATION_PLAN: QuestionTypeDefinition(
        fact="evaluation_plan",
        stages=_BID,
        text=_column_text("evaluation_plan"),
        counts_words=True,
    ),
    K.PARTNER_LETTERS: QuestionTypeDefinition(
        fact="partner_letters",
        stages=_BID,
        text=_rows_text("snapshot_partner_letters", _letter_text),
    ),
}
