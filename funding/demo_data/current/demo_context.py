"""What the current cases share: rounds, people, organisations, registers and clock."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from bids.models import IdeaType, MaturityStage, PracticeModel, Round, Strand
from funding.demo_data import councils, organisations
from funding.demo_data.ideas import NEXT_YEAR, Idea
from funding.demo_data.people import DemoUsers
from funding.demo_data.rounds import RoundsOfToday, at_five
from innovation.accounts.models import User
from innovation.core.clock import financial_year, london_day
from innovation.core.money import Money
from innovation.organisations.models import Council, Organisation

_WRITERS = {
    organisations.COUNCIL: "applicant",
    organisations.CHARITY: "second.applicant",
    organisations.TRUST: "trust.applicant",
}


class Calendar:
    """Days before today, and the financial years of what falls due."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = london_day(now)
        self.year = financial_year(self.today)
        self._latest = min(now, at_five(now))

    def days_ago(self, days: float) -> datetime:
        """A time of that day, which differs from day to day and is not in the evening.
        What happens on one day keeps its order.
        """
        earlier = timedelta(minutes=int(days) * 37 % 200)
        return self._latest - timedelta(days=days) - earlier

    def due_dates(self, idea: Idea) -> list[date]:
        return [self._due_date(words) for words in idea.instalments]

    def _due_date(self, words: str) -> date:
        if words == NEXT_YEAR:
            return date(self.year + 1, 5, 1)
        return self.today + timedelta(days=int(words))

    def amounts(self, idea: Idea) -> dict[int, Money]:
        """What the idea asks for, by financial year."""
        amounts: dict[int, Money] = {}
        for day in self.due_dates(idea):
            year = financial_year(day)
            amounts[year] = amounts.get(year, Money(0)) + idea.amount
        return amounts


class DemoContext(Calendar):
    """`council`, `charity` and `trust` are the organisations that apply."""

    def __init__(self, rounds: RoundsOfToday, users: DemoUsers, now: datetime) -> None:
        super().__init__(now)
        self.rounds, self.users = rounds, users
        self.council = organisations.get_organisation(organisations.COUNCIL)
        self.charity = organisations.get_organisation(organisations.CHARITY)
        self.trust = organisations.get_organisation(organisations.TRUST)
        self.members = [
            users[part] for part in ("member", "member2", "member3", "member4")
        ]
        self._strands: dict[int, list[Strand]] = {}

    def writer(self, lead: Organisation) -> User:
        """The user who writes and signs for one of the current organisations."""
        return self.users[_WRITERS[lead.name]]

    def strand(self, round: Round, place: int) -> Strand:
        """The strand at this place, from 1."""
        if round.pk not in self._strands:
            self._strands[round.pk] = list(round.strands.order_by("position"))
        return self._strands[round.pk][place - 1]

    @cached_property
    def stages(self) -> Sequence[MaturityStage]:
        return list(MaturityStage.objects.all())

    @cached_property
    def idea_types(self) -> dict[str, IdeaType]:
        return {row.name: row for row in IdeaType.objects.all()}

    @cached_property
    def practice_models(self) -> dict[str, PracticeModel]:
        return {row.name: row for row in PracticeModel.objects.all()}

    def councils(self, places: Iterable[str]) -> list[Council]:
        return [self._councils[place] for place in places]

    @cached_property
    def _councils(self) -> dict[str, Council]:
        names = {f"{place} {councils.LABEL}": place for place in councils.PLACES}
        rows = Council.objects.filter(name__in=names)
        return {names[row.name]: row for row in rows}

    def organisations(self, names: Iterable[str]) -> list[Organisation]:
        """Made-up organisations by their names without the label."""
        return [self._organisations[name] for name in names]

    @cached_property
    def _organisations(self) -> dict[str, Organisation]:
        rows = Organisation.objects.filter(demonstration=True)
        label = f" {councils.LABEL}"
        return {row.name.removesuffix(label): row for row in rows}
