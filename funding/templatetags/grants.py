"""Template filters of awards, years and states: `{% load grants %}`."""

from collections.abc import Iterable

from django import template

from funding.domain.queries import published_awards
from funding.models import Award
from funding.wording import FIGURE_NAMES
from innovation.core import clock
from innovation.core.clock import financial_year_name
from innovation.core.formatting import format_number
from innovation.web.templatetags.govuk import state_tag as render_state_tag

register = template.Library()

register.filter("award_amount", published_awards.amount)
register.filter("award_lead", published_awards.lead)
register.filter("award_date", published_awards.award_date)
register.filter("award_idea", published_awards.idea)
register.filter("report_date", published_awards.report_date)
register.filter("number", format_number)


@register.filter
def award_date_with_kind(award: Award) -> str:
    return published_awards.date_with_kind(award, clock.london_day(clock.now()))


@register.filter
def financial_year(year: int | None) -> str:
    """`2014 to 2015`. The years of a published award are unknown."""
    return "Year not known" if year is None else financial_year_name(year)


@register.filter
def as_tag(state: str, tags: dict[str, tuple[str, str]]) -> str:
    return render_state_tag(tags[state])


@register.filter
def figure_name(figure: str) -> str:
    return FIGURE_NAMES[figure]


@register.filter
def project_rows(awards: Iterable[Award]) -> list[dict[str, object]]:
    """The awards for the compiled template of a list of projects."""
    return [
        {
            "href": f"/projects/{award.key}/",
            "title": award.title,
            "lead": published_awards.lead(award),
            "made_up": award.demonstration,
            "about": published_awards.in_a_line(award),
        }
        for award in awards
    ]
