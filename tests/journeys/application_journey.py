"""The first half of the journey: from an empty expression to an assessed bid."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from funding.demo_data import organisations, rounds
from innovation.core.clock import financial_year, financial_year_name
from tests.journeys.page_actor import PageActor

TITLE = "A listening line for young people who leave care"
POUNDS = "£400,000"
DECLARATION = (
    "The information in this form is true as far as we know and does not name any "
    "child or family"
)


@dataclass(frozen=True)
class SeedAnswers:
    """What somebody types for a seed grant: a typical one, of some 150 words."""

    pounds: str

    @property
    def texts(self) -> dict[str, str]:
        return {
            "What is the idea called?": TITLE,
            "What would you do, and for which children?": (
                "Young people tell us that loneliness is worst in the evening, when "
                "their personal adviser has gone home. We would open a listening line "
                "for the 140 young people who have left our care since 2024, from 6pm "
                "to midnight, every day for six months. Four personal advisers and two "
                "young people with experience of care would answer in turn, so that "
                "callers soon know all of them. We would train the six together in "
                "April, advertise the line through our hubs, and meet every month with "
                "a group of callers to hear what to change."
            ),
            "What would be different for children?": (
                "Fewer young people would say that they have nobody to call: today it "
                "is one in three. We would ask the same question again after three and "
                "six months, and count calls, repeat calls and visits to accident and "
                "emergency."
            ),
            "How much funding do you need?": self.pounds,
        }


@dataclass
class ApplicationJourney:
    """`actor` are those of a part of the demonstration's cast, signed in."""

    actor: Callable[[str], PageActor]
    today: date
    expression: str = ""
    bid: str = ""

    @property
    def year(self) -> str:
        return financial_year_name(financial_year(self.today))

    @property
    def months(self) -> str:
        first = financial_year(self.today)
        return f"April {first} to March {first + 1}"

    def start(self, round: str = rounds.OPEN_ROUND) -> None:
        applicant = self.actor("applicant")
        applicant.open("Your applications")
        applicant.follow("Start an expression of interest")
        applicant.choose(round)
        applicant.choose(organisations.COUNCIL)
        applicant.fill("What is the idea called?", TITLE)
        applicant.press("Continue")
        assert applicant.heading == TITLE
        self.expression = applicant.path.rpartition("/")[2]

    def fill_in(self, pounds: str = POUNDS) -> None:
        applicant = self.actor("applicant")
        applicant.follow("Organisation and partners")
        applicant.press("Save and continue")
        applicant.follow("The idea")
        applicant.fill("What is the idea?", "The same adult answers, every time.")
        applicant.press("Save and continue")
        applicant.follow("Strand, maturity and practice model")
        applicant.choose(rounds.STRANDS[1])
        applicant.press("Save and continue")
        self._write("Why it is new")
        applicant.follow("Difference to children")
        applicant.fill(
            "Which children is it for, and what do they need?", "One who stays."
        )
        applicant.fill("Outcome 1: what would be different for children?", "Trust")
        applicant.fill("Outcome 1: how it is measured", "A yearly survey")
        applicant.press("Save and continue")
        applicant.follow("Money")
        applicant.fill(self.months, pounds)
        applicant.choose("Not known yet")
        applicant.press("Save and continue")
        applicant.follow("Support and barriers")
        applicant.choose("Something else")
        applicant.press("Save and continue")
        self._write("Delivery and sustainability")
        self._declare("Declarations")

    def apply_for_seed(self, round: str, answers: SeedAnswers) -> None:
        """From the round’s own page: one page to begin, one with all questions."""
        applicant = self.actor("applicant")
        applicant.open("Funding rounds")
        applicant.follow(round)
        applicant.follow("Apply for a seed grant")
        assert "left this year" in applicant.text
        if applicant.main.get_by_label(organisations.COUNCIL).count():
            applicant.choose(organisations.COUNCIL)
        applicant.press("Start now")
        assert applicant.heading == "Apply for a seed grant"
        self.expression = applicant.path.split("/")[3]
        for label, text in answers.texts.items():
            applicant.fill(label, text)
        applicant.choose(DECLARATION)
        questions = applicant.main.locator("input:visible, textarea, select")
        assert questions.count() == len(answers.texts) + 1
        applicant.press("Send")
        assert applicant.heading == "Seed grant application sent"
        assert self.expression in applicant.text

    def _write(self, section: str) -> None:
        applicant = self.actor("applicant")
        applicant.follow(section)
        for box in applicant.main.get_by_role("textbox").all():
            box.fill("Young people told us, and we will ask them again.")
        applicant.press("Save and continue")

    def _declare(self, section: str) -> None:
        applicant = self.actor("applicant")
        applicant.follow(section)
        applicant.choose(DECLARATION)
        applicant.press("Save and continue")
        self._is_complete()

    def _is_complete(self) -> None:
        words = self.actor("applicant").text
        assert "Incomplete" not in words
        assert "Not started" not in words

    def send(self) -> None:
        applicant = self.actor("applicant")
        applicant.follow("Check and send")
        applicant.choose("The lead organisation agrees to send this")
        applicant.press("Send")
        assert applicant.heading == "Expression of interest sent"
        assert self.expression in applicant.text

    def clarify(self) -> None:
        official = self._open_case("official")
        official.follow("Ask a question")
        official.fill("What do you need to know?", "Who answers at night?")
        official.date("When should they answer by?", self.today + timedelta(days=7))
        official.press("Send the questions")
        applicant = self.actor("applicant")
        applicant.open("Your applications")
        applicant.follow(TITLE)
        applicant.follow("Answer our question")
        assert "Who answers at night?" in applicant.text
        applicant.fill("Your answer", "A worker of the team, in turn.")
        applicant.press("Send the answers")

    def take_forward(self) -> None:
        official = self._open_case("official")
        official.turn_to("Messages")
        assert "A worker of the team, in turn." in official.text
        official.turn_to("Summary")
        official.follow("Take forward")
        official.press("Take forward")
        page, _, _ = official.path.partition("?")
        self.bid = page.rpartition("/")[2]

    def give_to_coach(self) -> None:
        coach = self.actor("coach")
        assert coach.go(f"/cases/{self.expression}") == 404
        official = self._open_case("official")
        official.follow("Assign to somebody")
        official.pick("Who will look after it?", "Carys Hale (demonstration)")
        official.press("Assign the case")
        assert coach.go(f"/cases/{self.expression}") == 200

    def write_bid(self) -> None:
        applicant = self.actor("applicant")
        applicant.open("Your applications")
        applicant.follow(TITLE)
        applicant.follow("Costs and other funding")
        applicant.fill("Cost 1: description", "Two practice leads")
        applicant.pick("Cost 1: type of cost", "Staff")
        applicant.fill(f"Cost 1: {self.year}", "400000")
        applicant.press("Save and continue")
        applicant.follow("Outcomes")
        applicant.fill("Outcome 1: what it should become", "80")
        applicant.date("Outcome 1: by when?", self.today + timedelta(days=500))
        applicant.press("Save and continue")
        applicant.follow("Milestones")
        applicant.fill("Milestone 1: what will be done?", "The line opens")
        applicant.date("Milestone 1: when?", self.today + timedelta(days=60))
        applicant.press("Save and continue")
        applicant.follow("Risks")
        applicant.fill("Risk 1: what could go wrong?", "Nobody calls")
        applicant.pick("Risk 1: likelihood, 1 to 5", "2: Unlikely, we do not expect it")
        applicant.pick(
            "Risk 1: impact, 1 to 5", "3: Medium, an outcome is late or smaller"
        )
        applicant.fill("Risk 1: what you will do about it", "Ask young people why")
        applicant.press("Save and continue")
        applicant.follow("Theory of change")
        applicant.fill("Theory of change", "One adult, so trust; trust, so help.")
        applicant.press("Save and continue")
        applicant.follow("Evaluation")
        applicant.fill("Evaluation plan", "A university compares two areas.")
        applicant.press("Save and continue")
        self._declare("Declarations")
        applicant.follow("Check and send")
        applicant.choose("The lead organisation agrees to send this")
        applicant.press("Send")
        assert applicant.heading == "Bid sent"
        assert self.bid in applicant.text

    def assign_assessors(self, part: str, *names: str) -> None:
        """By somebody who does not assess it: nobody assigns themselves."""
        official = self._open_case(part)
        official.turn_to("Bid")
        for name in names:
            official.follow("Assign an assessor")
            official.pick("Who will assess it?", f"{name} (demonstration)")
            official.press("Assign")
            assert f"{name} (demonstration): assigned on" in official.text

    def begin_to_assess(self, part: str) -> None:
        """A bid waits for all who have begun."""
        assessor = self._open_case(part)
        assessor.turn_to("Bid")
        assessor.follow("Assess")
        assessor.press("Start assessing")
        assert assessor.heading == "Your scores"

    def assess(self, part: str, score: str) -> None:
        assessor = self.actor(part)
        for name, *_ in rounds.CRITERIA:
            assessor.choose(score, group=f"{name}: score")
            assessor.fill(f"{name}: why", "As the bid says.")
        assessor.press("Save")
        assessor.choose("These are my scores")
        assessor.press("Finish")
        assert "Your assessment is finished" in assessor.text

    def _open_case(self, part: str) -> PageActor:
        actor = self.actor(part)
        actor.open("Cases")
        actor.follow(TITLE)
        return actor
