"""Reads the right value of a column of an imported case, as a sheet would have it."""

from collections.abc import Sequence
from datetime import date

from bids.models import Expression
from funding.domain.importing.case_reader import CaseReader
from funding.domain.importing.columns import Headers
from funding.domain.importing.existing_data import ExistingData
from funding.domain.importing.planned_case import PlannedCase
from funding.domain.queries import published_awards
from funding.models import Award
from innovation.core import clock
from innovation.core.errors import Invalid
from innovation.core.formatting import format_date
from innovation.organisations.models import Council

AWARD_COLUMNS = (
    "title",
    "date",
    "amount",
    "councils",
    "idea type",
    "source",
    "notes",
)
EXPRESSION_COLUMNS = ("title", "date", "councils", "notes")


def columns_of(case: Award | Expression) -> Sequence[str]:
    """The columns that can be corrected."""
    return AWARD_COLUMNS if isinstance(case, Award) else EXPRESSION_COLUMNS


def day_of(case: Award | Expression) -> date:
    """The day from which the case counts."""
    if isinstance(case, Award):
        return case.dated_on
    assert case.submitted_at is not None
    return clock.london_day(case.submitted_at)


def read(
    case: Award | Expression, column: str, value: str, *, today: date
) -> PlannedCase:
    """The case with this value of the column. Only what the column says is filled in
    besides the kind and the date. Raise `Invalid` if it cannot be read.
    """
    if column not in columns_of(case):
        raise Invalid.field("column", "Select what is wrong")
    is_award = isinstance(case, Award)
    cells = {
        "kind": "award" if is_award else "EOI",
        "date": day_of(case).isoformat(),
        "focus area": case.focus_area if isinstance(case, Award) else "",
        column: "; ".join(value.splitlines()) if column == "councils" else value,
    }
    reader = CaseReader(ExistingData.load(), today, Headers())
    planned = reader.read(cells)
    for name, sentence in reader.problems:
        if name == column:
            raise Invalid.field("value", sentence)
    return planned


def text_of(case: Award | Expression, column: str) -> str:
    """The value of the case as pages show it."""
    if column == "title":
        return case.title
    if column == "councils":
        return _council_names(list(case.councils.all()))
    if isinstance(case, Award):
        return {
            "date": published_awards.award_date(case),
            "amount": published_awards.amount(case),
            "idea type": published_awards.idea(case),
            "source": case.source,
            "notes": case.notes,
        }[column]
    return {"date": format_date(day_of(case)), "notes": case.summary}[column]


def planned_text(planned: PlannedCase, column: str) -> str:
    """The value that was read, as pages will show it."""
    award = Award(
        dated_on=planned.on or date.min,
        date_precision=planned.precision,
        amount=planned.amount,
        amount_precision=planned.amount_precision,
        idea_type=planned.idea_type,
        idea_as_published=planned.idea_as_written,
    )
    return {
        "title": planned.title,
        "date": published_awards.award_date(award),
        "amount": published_awards.amount(award),
        "councils": _council_names(planned.councils),
        "idea type": published_awards.idea(award),
        "source": planned.source,
        "notes": planned.notes,
    }[column]


def _council_names(councils: list[Council]) -> str:
    return "; ".join(sorted(council.name for council in councils))
