"""A case as read from a line of a sheet."""

from dataclasses import dataclass, field
from datetime import date

from bids.models import IdeaType, MaturityStage, PracticeModel, Round, Strand
from bids.states import ExpressionState
from funding.domain.importing.existing_data import Lead
from innovation.core.money import Money
from innovation.organisations.models import Council

EXPRESSION, AWARD = "expression", "award"
KINDS = {
    "eoi": EXPRESSION, "expression": EXPRESSION, "expression of interest": EXPRESSION,
    "award": AWARD, "grant": AWARD, "grant award": AWARD,
}  # fmt: skip
OUTCOMES = {
    "": ExpressionState.SUBMITTED,
    "submitted": ExpressionState.SUBMITTED,
    "received": ExpressionState.SUBMITTED,
    "taken forward": ExpressionState.TAKEN_FORWARD,
    "successful": ExpressionState.TAKEN_FORWARD,
    "declined": ExpressionState.DECLINED,
    "rejected": ExpressionState.DECLINED,
    "unsuccessful": ExpressionState.DECLINED,
    "not taken forward": ExpressionState.DECLINED,
    "withdrawn": ExpressionState.WITHDRAWN,
}


@dataclass(slots=True, kw_only=True)
class PlannedCase:
    """The valid values of a line."""

    kind: str = ""
    sheet_id: str = ""
    title: str = ""
    round: Round | None = None
    on: date | None = None
    precision: str = ""
    date_kind: str = ""
    lead: Lead | None = None
    lead_as_written: str = ""
    partners: list[Lead] = field(default_factory=list)
    councils: list[Council] = field(default_factory=list)
    strand: Strand | None = None
    focus_area: str = ""
    idea_type: IdeaType | None = None
    idea_as_written: str = ""
    maturity: MaturityStage | None = None
    practice_models: list[PracticeModel] = field(default_factory=list)
    amount: Money | None = None
    amount_precision: str = ""
    financial_year: int | None = None
    money: dict[int, Money] = field(default_factory=dict)
    """The amounts of an expression by financial year."""
    outcome: str = ExpressionState.SUBMITTED
    ended_on: date | None = None
    source: str = ""
    notes: str = ""
    remarks: list[str] = field(default_factory=list)
    """What should be checked before an import, each without its last full stop."""
