"""The second half of the journey: from the Board to an announced and paid grant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.journeys.application_journey import TITLE
from tests.journeys.page_actor import PageActor

MEETING = "Extra meeting of the Board"


@dataclass
class AwardJourney:
    actor: Callable[[str], PageActor]
    today: date
    year: str
    bid: str
    award: str = ""

    # --- the Board ------------------------------------------------------------

    def plan_meeting(self) -> None:
        secretary = self.actor("secretary")
        secretary.open("Board")
        secretary.follow("Plan a meeting")
        secretary.fill("Title", MEETING)
        secretary.date("Date", self.today)
        secretary.fill("Time", "00:05")
        for name in ("Mina Jarrow", "Noel Kerr", "Petra Lunn", "Quentin Marsh"):
            secretary.choose(f"{name} (demonstration)")
        secretary.press("Plan the meeting")
        secretary.follow("List a bid")
        secretary.choose(f"{self.bid} {TITLE}")
        secretary.fill("Paper", "Our advice: fund it, a little smaller.")
        secretary.press("List the bid")
        secretary.follow("Send the papers")
        secretary.press("Send the papers")
        assert "The papers were sent" in secretary.text

    def declare_interest(self) -> None:
        """Who has an interest loses sight of the case at once."""
        member = self._at_meeting("member2")
        member.follow(TITLE)
        paper = member.path
        assert "Our advice: fund it, a little smaller." in member.text
        member.follow("Declare an interest")
        member.fill("What is your interest?", "My sister leads the team.")
        member.press("Declare")
        assert TITLE not in member.text
        assert member.go(paper) == 404

    def give_view(self) -> None:
        member = self._at_meeting("member")
        member.follow(TITLE)
        member.follow("Give your view")
        member.fill("Your view", "Worth trying, and cheap to stop.")
        member.press("Give your view")
        assert "Worth trying, and cheap to stop." in member.text

    def recommend(self, pounds: str) -> None:
        secretary = self._at_meeting("secretary")
        secretary.follow("Record who was present")
        for name in ("Mina Jarrow", "Petra Lunn", "Quentin Marsh"):
            secretary.choose(f"{name} (demonstration)")
        secretary.press("Record")
        secretary.follow(TITLE)
        secretary.follow("Record the recommendation")
        secretary.choose("Fund a smaller amount")
        secretary.fill(f"Amount for {self.year}", pounds)
        secretary.fill("Reasons", "The evidence is good and the cost can be less.")
        secretary.press("Record the recommendation")
        self._minute()

    def _minute(self) -> None:
        secretary = self._at_meeting("secretary")
        secretary.follow("Write the minutes")
        secretary.fill("Minutes", "The Board discussed one bid.")
        secretary.press("Close the meeting")
        assert "The minutes are recorded" in secretary.text

    def _at_meeting(self, part: str) -> PageActor:
        actor = self.actor(part)
        actor.open("Board")
        actor.follow(MEETING)
        return actor

    # --- the decision and the grant ---------------------------------------------

    def approve(self, part: str = "minister") -> None:
        decider = self.actor(part)
        decider.open("Decisions")
        decider.follow(TITLE)
        decider.follow("Approve")
        decider.press("Approve")
        assert "The bid is approved" in decider.text

    def record_due_diligence(self) -> None:
        """Without it, the grant cannot be offered."""
        manager = self.actor("grants")
        for area in ("finance", "fraud risk"):
            manager.go(f"/bids/{self.bid}")
            manager.turn_to("Due diligence")
            manager.follow(f"Record {area}")
            manager.choose("Satisfactory")
            manager.date("On which day was it checked?", self.today)
            manager.fill("What did you find?", "All is in order.")
            manager.fill("Where is the evidence?", "File 12")
            manager.press("Save")
            assert "The due diligence was recorded" in manager.text

    def offer(self) -> None:
        manager = self.actor("grants")
        manager.open("Awards")
        manager.follow("Offer the grant", row=TITLE)
        manager.press("Offer the grant")
        self.award = manager.path.split("/")[2]

    def accept(self) -> None:
        applicant = self._own_grant()
        applicant.follow("Accept the offer")
        applicant.main.get_by_role("checkbox").check()
        applicant.press("Accept the offer")
        assert "You have accepted the offer" in applicant.text

    def start(self) -> None:
        manager = self._award()
        manager.follow("Start the grant")
        manager.press("Start the grant")

    def plan_payments(self, *pounds: str) -> None:
        manager = self._award()
        manager.turn_to("Payments")
        manager.follow("Plan payments")
        for number, amount in enumerate(pounds, start=1):
            manager.date(f"Instalment {number}: due on", self.today)
            manager.fill(f"Instalment {number}: amount", amount)
        manager.press("Save the plan")
        assert "The payments are planned" in manager.text

    def claim(self) -> None:
        """By the recipient."""
        applicant = self._own_grant()
        applicant.follow("Claim")
        applicant.fill("How much of the whole grant have you spent so far?", "0")
        applicant.press("Claim the payment")
        assert "You have claimed the payment" in applicant.text

    def ask_for_payment(self) -> None:
        """By the grant manager, who cannot release what they asked for."""
        manager = self._award()
        manager.turn_to("Payments")
        manager.follow("Ask for it")
        manager.press("Ask for the payment")
        assert manager.main.get_by_role("link", name="Release").count() == 0

    def release(self) -> None:
        finance = self.actor("finance")
        finance.open("Payments")
        finance.follow(TITLE)
        finance.follow("Release")
        finance.press("Release the payment")
        assert "The payment is released" in finance.text

    def announce(self) -> None:
        manager = self._award()
        manager.follow("Announce")
        manager.date("When will the award be public?", self.today)
        manager.press("Announce")

    def history(self) -> list[str]:
        """As the department reads it, oldest first."""
        manager = self._award()
        manager.turn_to("History")
        return manager.timeline()

    def _award(self) -> PageActor:
        manager = self.actor("grants")
        manager.open("Awards")
        manager.follow(TITLE)
        return manager

    def _own_grant(self) -> PageActor:
        applicant = self.actor("applicant")
        applicant.open("Your grants")
        applicant.follow(TITLE)
        return applicant
