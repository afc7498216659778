"""The financial years for which money can be requested."""

from bids.domain.applications import Case
from bids.forms.question_types.question_fields import Fields, QuestionField, Submitted
from bids.models import Bid, Expression, Question
from bids.models.round import Route
from innovation.core import clock
from innovation.web import forms

YEARS = 4


class YearAmounts(QuestionField):
    """An amount for each financial year, starting with that of the round."""

    amount_prefix = ""

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        years = years_for(case)
        if len(years) > 1:
            return {str(year): _amount_field(year) for year in years}
        field = forms.MoneyField(
            label=question.wording, help_text=question.hint, required=False
        )
        return {str(years[0]): field}


def years_for(case: Case) -> list[int]:
    """The years from the opening of the round, or from the start of the case if a
    rolling round has been open for long; for a seed grant only this year.
    """
    years_used = {row.financial_year for row in case.money.all()} if case.pk else set()
    if case.round.route == Route.SEED and isinstance(case, Expression):
        return sorted(
            {*years_used, clock.financial_year(clock.london_day(clock.now()))}
        )
    started_at = case.opened_at if isinstance(case, Bid) else case.started_at
    moments = [moment for moment in (case.round.opens_at, started_at) if moment]
    first = clock.financial_year(clock.london_day(max(moments, default=clock.now())))
    return sorted(years_used | set(range(first, first + YEARS)))


def _amount_field(year: int) -> forms.MoneyField:
    field = forms.MoneyField(label=_year_label(year), required=False)
    forms.name_errors(field, clock.financial_year_name(year))
    return field


def _year_label(year: int) -> str:
    return f"April {year} to March {year + 1}"


def year_choices(case: Case) -> list[tuple[str, str]]:
    return [(str(year), clock.financial_year_name(year)) for year in years_for(case)]
