"""What the current cases share: rounds, people, organisations and clock."""

from datetime import datetime, timedelta

from bids.models import Round
from funding.demo_data import organisations
from funding.demo_data.people import DemoUsers
from innovation.accounts.models import User
from innovation.core.clock import financial_year, london_day
from innovation.core.money import Money
from innovation.organisations.models import Organisation


class DemoContext:
    """`days_ago(days)` is a time before now; `year` is today’s financial year."""

    def __init__(
        self, open_round: Round, seed_round: Round, users: DemoUsers, now: datetime
    ) -> None:
        self.open_round, self.seed_round = open_round, seed_round
        self.users, self.now = users, now
        self.council = organisations.get_organisation(organisations.COUNCIL)
        self.charity = organisations.get_organisation(organisations.CHARITY)
        self.today = london_day(now)
        self.year = financial_year(self.today)
        self.members = [
            users[part] for part in ("member", "member2", "member3", "member4")
        ]

    def days_ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def writer(self, lead: Organisation) -> User:
        """The user who writes and signs for one of the two current organisations."""
        part = "applicant" if lead == self.council else "second.applicant"
        return self.users[part]

    def money(self, pounds: int, *, years: int) -> list[dict[str, object]]:
        """The same sum for each of several financial years, this one first."""
        return [
            {"financial_year": self.year + later, "amount": Money.pounds(pounds)}
            for later in range(years)
        ]
