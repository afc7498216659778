"""Template filters and tags of cases."""

from datetime import date, datetime

from django import template

from innovation.audit.presenters import Audience, stage_tag
from innovation.core.formatting import format_date, format_deadline

register = template.Library()


@register.filter
def stage_label(stage: str, audience: Audience) -> tuple[str, str]:
    """For `{% state_tag %}`."""
    return stage_tag(stage, audience)


@register.filter
def iso_day(text: str | None) -> str:
    """`3 March 2015`, from an ISO date or date-time in JSON."""
    return format_date(datetime.fromisoformat(text)) if text else ""


@register.filter
def iso_deadline(text: str) -> str:
    """`11:59pm (UK time) on 3 March 2015`, from the ISO date of the last day."""
    return format_deadline(date.fromisoformat(text))
