"""The base of role requests and role grants."""

from datetime import date, datetime, timedelta

from innovation.accounts.roles import POWERFUL_ROLES, ROLES
from innovation.core.clock import london_day

TWO_PERSON_ROLES = sorted(POWERFUL_ROLES)


class TimeLimitedRole:
    """The base of a request and a grant, which may have an end."""

    role: str
    ends_at: datetime | None

    @property
    def title(self) -> str:
        return ROLES[self.role].title

    @property
    def last_day(self) -> date | None:
        """The last day, in London."""
        if self.ends_at is None:
            return None
        return london_day(self.ends_at - timedelta(microseconds=1))
