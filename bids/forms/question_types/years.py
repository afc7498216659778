"""The financial years for which money can be requested."""

from bids.domain.applications import Case
from bids.forms.question_types.question_fields import Fields, QuestionField, Submitted
from bids.models import Bid, Question
from innovation.core import clock
from innovation.web import forms

YEARS = 4


class YearAmounts(QuestionField):
    """An amount for each financial year, starting with that of the round."""

    amount_prefix = ""

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        return {str(year): _amount_field(year) for year in years_for(case)}


def years_for(case: Case) -> list[int]:
    """The years from the opening of the round, or from the start of the case if a
    rolling round has been open for long.
    """
    started_at = case.opened_at if isinstance(case, Bid) else case.started_at
    moments = [moment for moment in (case.round.opens_at, started_at) if moment]
    first = clock.financial_year(clock.london_day(max(moments, default=clock.now())))
    years_used = {row.financial_year for row in case.money.all()} if case.pk else set()
    return sorted(years_used | set(range(first, first + YEARS)))


def _amount_field(year: int) -> forms.MoneyField:
    field = forms.MoneyField(label=_year_label(year), required=False)
    forms.name_errors(field, clock.financial_year_name(year))
    return field


def _year_label(year: int) -> str:
    return f"April {year} to March {year + 1}"


def year_choices(case: Case) -> list[tuple[str, str]]:
    return [(str(year), clock.financial_year_name(year)) for year in years_for(case)]
