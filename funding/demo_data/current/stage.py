"""What all the cases of today share: their rounds, people, organisations and clock."""

from datetime import datetime, timedelta
from typing import Any

from bids.models import Round
from funding.demo_data import organisations
from funding.demo_data.people import Players
from innovation.accounts.models import User
from innovation.core.clock import financial_year, london_day
from innovation.core.money import Money
from innovation.organisations.models import Organisation


class Stage:
    """`ago(days)` is a moment before now; `year` is the financial year of today."""

    def __init__(
        self, call: Round, seed_round: Round, players: Players, now: datetime
    ) -> None:
        self.call, self.seed_round = call, seed_round
        self.players, self.now = players, now
        self.council = organisations.organisation(organisations.COUNCIL)
        self.charity = organisations.organisation(organisations.CHARITY)
        self.today = london_day(now)
        self.year = financial_year(self.today)
        self.members = [
            players[part] for part in ("member", "member2", "member3", "member4")
        ]

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def writer(self, lead: Organisation) -> User:
        """Who writes and signs for one of the two organisations that ask today."""
        part = "applicant" if lead == self.council else "second.applicant"
        return self.players[part]

    def money(self, pounds: int, *, years: int) -> list[dict[str, Any]]:
        """The same sum for each of so many financial years, this one first."""
        return [
            {"financial_year": self.year + later, "amount": Money.pounds(pounds)}
            for later in range(years)
        ]
