"""The financial years for which money can be requested."""

from bids.domain.answer_versions import RawInput
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

    def current_input(self, question: Question, case: Case, raw: RawInput) -> RawInput:
        """What was typed for the years of a seed grant that have ended is in the field
        of this year.
        """
        if not raw or not _is_seed_expression(case):
            return raw
        current = f"{question.code}__{this_year()}"
        later = {name: texts for name, texts in raw.items() if name > current}
        amounts = [
            text
            for name, texts in raw.items()
            for text in texts
            if name <= current and text.strip()
        ]
        return {current: [" + ".join(amounts)], **later}


def years_for(case: Case) -> list[int]:
    """The years from the opening of the round, or from the start of the case if a
    rolling round has been open for long; for a seed grant this year, and no earlier
    one.
    """
    years_used = {row.financial_year for row in case.money.all()} if case.pk else set()
    if _is_seed_expression(case):
        first = this_year()
        return sorted({first, *(year for year in years_used if year > first)})
    started_at = case.opened_at if isinstance(case, Bid) else case.started_at
    moments = [moment for moment in (case.round.opens_at, started_at) if moment]
    first = clock.financial_year(clock.london_day(max(moments, default=clock.now())))
    return sorted(years_used | set(range(first, first + YEARS)))


def this_year() -> int:
    return clock.financial_year(clock.london_day(clock.now()))


def _is_seed_expression(case: Case) -> bool:
    return isinstance(case, Expression) and case.round.route == Route.SEED


def _amount_field(year: int) -> forms.MoneyField:
    field = forms.MoneyField(label=_year_label(year), required=False)
    forms.name_errors(field, clock.financial_year_name(year))
    return field


def _year_label(year: int) -> str:
    return f"April {year} to March {year + 1}"


def year_choices(case: Case) -> list[tuple[str, str]]:
    return [(str(year), clock.financial_year_name(year)) for year in years_for(case)]
