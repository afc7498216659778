"""Template filters of the pages about roles."""

from datetime import datetime

from django import template

from innovation.accounts.models import RoleGrant

register = template.Library()


@register.filter
def state_at(grant: RoleGrant, at: datetime) -> tuple[str, str]:
    return grant.state_at(at)
