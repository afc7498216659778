"""Cases of today, one at each point of the process, so that something waits for every
role. Made by the domain calls, each at its own moment of the last months.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bids.domain import (
    assessments,
    assignments,
    bids,
    clarifications,
    comments,
    expressions,
    messages,
)
from bids.models import Bid, Expression, IdeaType, MaturityStage, Round
from funding.demonstration import calls, places, words
from funding.demonstration.people import Players
from funding.domain import (
    announcements,
    awards,
    decisions,
    evaluations,
    interests,
    meetings,
    monitoring,
    opinions,
    payments,
    recommendations,
)
from funding.models import AgendaItem, Award, Meeting
from innovation.accounts.models import User
from innovation.core.clock import financial_year, london_day
from innovation.core.money import Money
from innovation.organisations.models import Organisation


def load(players: Players, *, at: datetime) -> bool:
    """Open the rounds and play the cases; False where they are here already."""
    rounds = calls.open_today(at)
    if rounds is None:
        return False
    stage = Stage(*rounds, players, at)
    stage.expressions()
    stage.bids()
    stage.board()
    stage.decided()
    stage.grants()
    stage.seed()
    return True


class Stage:
    """`ago(days)` is a moment before now; money is of this financial year and next."""

    def __init__(
        self, call: Round, seed: Round, players: Players, at: datetime
    ) -> None:
        self.call, self.seed_round, self.players, self.now = call, seed, players, at
        self.council = places.organisation(places.COUNCIL)
        self.charity = places.organisation(places.CHARITY)
        self.official = players["official"]
        self.year = financial_year(london_day(at))
        self.ideas = {idea.name: idea for idea in IdeaType.objects.all()}
        self.members = [
            players[part] for part in ("member", "member2", "member3", "member4")
        ]

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    # --- asking -------------------------------------------------------------

    def expressions(self) -> None:
        """A draft, two to triage, one waiting for its applicant, one declined."""
        self._draft("A night-time helpline for foster carers", self.council, 2)
        received = self._sent("Family hubs beside primary schools", self.council, 6)
        self._look_after(received, "official", 5)
        self._talk(received, words.CONVERSATION, 4)
        self._sent("Peer mentors for young carers", self.charity, 3)
        asked = self._sent("A pause before moving a child", self.council, 14)
        self._look_after(asked, "official", 13)
        clarifications.ask(
            asked,
            question=words.QUESTION,
            due_on=london_day(self.now) + timedelta(days=7),
            by=self.official,
            at=self.ago(9),
        )
        self._talk(asked, words.CONVERSATION[:2], 8)
        declined = self._sent("Tablets for social workers", self.charity, 40)
        expressions.decline(
            declined,
            feedback={
                each.pk: words.FEEDBACK[each.name]
                for each in declined.round.criteria.all()
            },
            by=self.official,
            at=self.ago(28),
        )

    def bids(self) -> None:
        """One being written, one returned, one to assess, one to list."""
        written = self._bid("Housing with support for care leavers", self.council, 30)
        for code, text in words.COMMENTS.items():
            by, at = self.players["coach"], self.ago(15)
            comments.add(written, code=code, text=text, by=by, at=at)
        returned = self._bid_sent("Kinship support groups", self.council, 50)
        bids.send_back(
            returned,
            reason="Say what each partner will do, and by when.",
            by=self.players["coach"],
            at=self.ago(20),
        )
        self._bid_sent("Small practice units for assessment", self.charity, 55)
        self._bid_assessed("Restorative practice in schools", self.council, 60)

    def _draft(
        self,
        title: str,
        lead: Organisation,
        days: float,
        *,
        round: Round | None = None,
        pounds: int = 400_000,
    ) -> Expression:
        by, at = self._writer(lead), self.ago(days)
        round = round or self.call
        started = expressions.start(round=round, lead=lead, title=title, by=by, at=at)
        seed = round == self.seed_round
        years = [self.year] if seed else [self.year, self.year + 1]
        facts: dict[str, Any] = {
            "summary": words.summary(title),
            "strand": round.strands.first(),
            "maturity": MaturityStage.objects.first(),
            "idea_type": self.ideas.get("Edge of care"),
            "money": [
                {"financial_year": year, "amount": Money.pounds(pounds)}
                for year in years
            ],
        }
        answers = words.SEED_ANSWERS if seed else words.ANSWERS
        if not seed:
            facts["outcomes"] = words.OUTCOMES
        return expressions.save(started, facts=facts, answers=answers, by=by, at=at)

    def _sent(
        self, title: str, lead: Organisation, days: float, **wanted: Any
    ) -> Expression:
        draft = self._draft(title, lead, days + 1, **wanted)
        return expressions.submit(draft, by=self._writer(lead), at=self.ago(days))

    def _look_after(self, expression: Expression, part: str, days: float) -> None:
        assignments.assign(
            expression,
            user=self.players[part],
            by=self.official,
            at=self.ago(days),
        )

    def _talk(
        self, expression: Expression, said: Sequence[tuple[str, str]], days: float
    ) -> None:
        """An hour apart. The last one waits for whoever did not write it."""
        for hour, (part, text) in enumerate(said):
            by, at = self.players[part], self.ago(days - hour / 24)
            messages.send(expression, text=text, by=by, at=at)

    def _bid(self, title: str, lead: Organisation, days: float) -> Bid:
        """Taken forward a week after it was sent, with an official and the coach."""
        expression = self._sent(title, lead, days)
        bid = expressions.take_forward(
            expression, by=self.official, at=self.ago(days - 7)
        )
        self._look_after(expression, "official", days - 7)
        self._look_after(expression, "coach", days - 7)
        return bid

    def _bid_sent(self, title: str, lead: Organisation, days: float) -> Bid:
        bid = self._bid(title, lead, days)
        by = self._writer(lead)
        facts = {
            "theory_of_change": "One trusted adult stays; trust grows; fewer moves.",
            "evaluation_plan": "Days in care, compared with a neighbouring area.",
            "outcomes": [
                {**outcome, "target": 80, "due_on": self.ago(-500).date()}
                for outcome in words.OUTCOMES
            ],
            "milestones": [
                {"description": "The first families", "due_on": self.ago(-120).date()},
                {
                    "description": "The first year looked at",
                    "due_on": self.ago(-400).date(),
                },
            ],
            "risks": words.RISKS,
        }
        said = {"declaration": True}
        bids.save(bid, facts=facts, answers=said, by=by, at=self.ago(days - 20))
        return bids.submit(bid, by=by, at=self.ago(days - 24))

    def _bid_assessed(self, title: str, lead: Organisation, days: float) -> Bid:
        """By the official and the coach, who think alike."""
        bid = self._bid_sent(title, lead, days)
        assessors = [self.official, self.players["coach"]]
        started = [
            assessments.start(bid, by=assessor, at=self.ago(days - 26))
            for assessor in assessors
        ]
        for one, assessor in zip(started, assessors, strict=True):
            scores = {
                criterion.pk: (
                    3 if place else 4,
                    "Clear, and backed by what the area did before.",
                )
                for place, criterion in enumerate(bid.round.criteria.all())
            }
            assessments.score(one, scores=scores, by=assessor, at=self.ago(days - 27))
            assessments.finish(one, by=assessor, at=self.ago(days - 28))
        return Bid.objects.select_related("round").get(pk=bid.pk)

    def _writer(self, lead: Organisation) -> User:
        part = "applicant" if lead == self.council else "second.applicant"
        return self.players[part]

    # --- the Board and the decision -------------------------------------------

    def board(self) -> None:
        """A meeting next week with papers out; one member has an interest."""
        secretary = self.players["secretary"]
        meeting = self._meeting("Next meeting of the Board (demonstration)", -7, 8)
        listed = [
            self._list(meeting, self._bid_assessed(title, lead, 64), 6)
            for title, lead in (
                ("An edge of care team at weekends", self.council),
                ("Reunification support after six months", self.charity),
            )
        ]
        meetings.send_papers(meeting, by=secretary, at=self.ago(5))
        interests.declare(
            listed[1].bid,
            member=self.players["member3"],
            nature="Was a trustee of the lead organisation until last year.",
            mitigation="leaves",
            by=self.players["member3"],
            at=self.ago(4),
        )
        opinions.give(
            listed[0],
            text="Strong on evidence; ask how it will be staffed.",
            by=self.players["member"],
            at=self.ago(3),
        )

    def decided(self) -> None:
        """Two with the minister, one declined, one approved and to be offered."""
        for title, lead in (
            ("Whole-family plans in one record", self.council),
            ("Clinicians beside social workers", self.charity),
        ):
            self._advised(title, lead, 80)
        approved = self._advised("Evening and weekend help", self.council, 82)
        self._approve(approved, 12)

    def _meeting(self, title: str, held: float, planned: float) -> Meeting:
        return meetings.plan(
            title=title,
            starts_at=self.ago(held).replace(minute=0, second=0, microsecond=0),
            quorum=3,
            members=self.members,
            by=self.players["secretary"],
            at=self.ago(planned),
        )

    def _list(self, meeting: Meeting, bid: Bid, days: float) -> AgendaItem:
        return meetings.list_bid(
            meeting,
            bid=bid,
            paper="Our advice: fund it. The evidence is sound and the cost is fair.",
            by=self.players["secretary"],
            at=self.ago(days),
        )

    def _advised(self, title: str, lead: Organisation, days: float) -> Bid:
        """Recommended for funding in full, by a meeting that was held and minuted."""
        secretary = self.players["secretary"]
        bid = self._bid_assessed(title, lead, days)
        held = days - 45
        meeting = self._meeting(f"Board on {title} (demonstration)", held, days - 35)
        item = self._list(meeting, bid, days - 36)
        meetings.send_papers(meeting, by=secretary, at=self.ago(days - 38))
        meetings.hold(
            meeting, present=self.members, by=secretary, at=self.ago(held - 0.2)
        )
        recommendations.record(
            item,
            outcome="fund",
            amounts=self._asked(bid),
            reasons="Good evidence, a capable team and partners who have agreed.",
            by=secretary,
            at=self.ago(held - 0.3),
        )
        meetings.minute(
            meeting,
            minutes="The Board discussed the bid and advised funding it.",
            by=secretary,
            at=self.ago(held - 1),
        )
        return Bid.objects.get(pk=bid.pk)

    def _approve(self, bid: Bid, days: float) -> Bid:
        decisions.approve(
            bid,
            amounts=self._asked(bid),
            by=self.players["minister"],
            at=self.ago(days),
        )
        return Bid.objects.get(pk=bid.pk)

    def _asked(self, bid: Bid) -> dict[int, Money]:
        return {row.financial_year: row.amount for row in bid.money.all()}

    # --- grants ---------------------------------------------------------------

    def grants(self) -> None:
        """One offered; one that has asked for its first payment; one announced,
        paid once and asked for a report."""
        self._offered("Specialist foster carers", self.council, 90)
        asking = self._running("Volunteer befrienders", self.council, 100)
        first = self._plan(asking, 20)
        payments.request(first, by=self.players["grants"], at=self.ago(3))
        paid = self._running("A shared front door", self.charity, 110)
        first = self._plan(paid, 40)
        payments.request(first, by=self.players["grants"], at=self.ago(38))
        payments.release(first, by=self.players["finance"], at=self.ago(36))
        announcements.announce(
            paid,
            on=london_day(self.ago(35)),
            by=self.players["grants"],
            at=self.ago(35),
        )
        evaluations.agree(
            paid,
            evaluator=places.organisation(places.EVALUATOR),
            by=self.players["grants"],
            at=self.ago(34),
        )
        monitoring.ask(
            paid,
            period="The first three months",
            due_on=london_day(self.now) + timedelta(days=21),
            by=self.players["grants"],
            at=self.ago(10),
        )

    def _offered(self, title: str, lead: Organisation, days: float) -> Award:
        bid = self._approve(self._advised(title, lead, days), days - 48)
        return awards.offer(bid, by=self.players["grants"], at=self.ago(days - 50))

    def _running(self, title: str, lead: Organisation, days: float) -> Award:
        award = self._offered(title, lead, days)
        awards.accept(award, by=self._writer(lead), at=self.ago(days - 53))
        return awards.start(award, by=self.players["grants"], at=self.ago(days - 55))

    def _plan(self, award: Award, days: float) -> Any:
        """One instalment for each year; the first is due at once."""
        due = {
            self.year: london_day(self.now),
            self.year + 1: london_day(self.now).replace(
                year=self.year + 1, month=5, day=1
            ),
        }
        return payments.plan(
            award,
            instalments=[
                payments.Instalment(row.amount, due[row.financial_year])
                for row in award.years.all()
            ],
            by=self.players["grants"],
            at=self.ago(days),
        )[0]

    def seed(self) -> None:
        """One seed grant to triage and one with its approver, together as much as one
        organisation can have in a year. The council’s is left to be tried out.
        """
        lead, call = self.charity, self.seed_round
        panel = "Try out a young people’s panel"
        self._sent(panel, lead, 4, round=call, pounds=4_500)
        waiting = self._sent(
            "Map who knows the family", lead, 15, round=call, pounds=5_500
        )
        expressions.take_forward(waiting, by=self.official, at=self.ago(8))
