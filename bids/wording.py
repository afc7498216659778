"""What each state is called, whose move it is, and what each event says.

One name for each audience. Read when the app starts; see `audit.presenters`.
"""

from bids.states import BidState as B
from bids.states import ExpressionState as E
from innovation.audit.presenters import Holder, name_stage, say

DEPARTMENT = ("department",)
BOTH = ("department", "applicant")
APPLICANT = ("applicant",)


def _expression(state: E, holder: Holder, colour: str, words: str, own: str) -> None:
    name_stage(f"expression.{state}", holder, colour, words, applicant=own)


def _bid(
    state: B, holder: Holder, colour: str, words: str, own: str | tuple[str, str]
) -> None:
    name_stage(f"bid.{state}", holder, colour, words, applicant=own)


def register() -> None:
    who = Holder
    _expression(E.DRAFT, who.APPLICANT, "grey", "Draft", "Draft")
    _expression(E.SUBMITTED, who.DEPARTMENT, "blue", "To be read", "Received")
    _expression(
        E.CLARIFICATION,
        who.APPLICANT,
        "yellow",
        "Waiting for an answer",
        "We have a question for you",
    )
    _expression(E.TAKEN_FORWARD, who.NOBODY, "green", "Taken forward", "Taken forward")
    _expression(
        E.DECLINED, who.NOBODY, "grey", "Not taken forward", "Not taken forward"
    )
    _expression(E.WITHDRAWN, who.NOBODY, "grey", "Withdrawn", "Withdrawn")
    _expression(E.MERGED, who.NOBODY, "grey", "Merged", "Joined with another")
    considered = ("Being considered", "purple")
    _bid(B.IN_DEVELOPMENT, who.APPLICANT, "light-blue", "In development", "To be sent")
    _bid(B.SUBMITTED, who.DEPARTMENT, "blue", "To be assessed", "Received")
    _bid(
        B.RETURNED,
        who.APPLICANT,
        "yellow",
        "Returned to the applicant",
        "Needs more work",
    )
    _bid(B.ASSESSED, who.BOARD, "purple", "Assessed", considered)
    _bid(B.AT_BOARD, who.BOARD, "purple", "At the Board", considered)
    _bid(B.WITH_MINISTER, who.MINISTER, "pink", "Waiting for a decision", considered)
    _bid(B.APPROVED, who.DEPARTMENT, "green", "Approved", "Approved")
    _bid(B.DECLINED, who.NOBODY, "grey", "Declined", "Not funded")
    _bid(B.WITHDRAWN, who.NOBODY, "grey", "Withdrawn", "Withdrawn")
    _sentences()


def _sentences() -> None:
    idea = "the expression of interest"
    say("expression.started", f"{{actor}} started {idea}", APPLICANT)
    changed = "{actor} changed the draft"
    say("expression.saved", changed, APPLICANT, once_a_day=True)
    say("expression.came_late", f"{{actor}} tried to send {idea} late", APPLICANT)
    say("expression.signed", f"{{actor}} signed {idea} off", APPLICANT)
    ended = "{actor} changed what was signed off, which must be signed again"
    say("expression.signature_ended", ended, APPLICANT)
    say("bid.signed", "{actor} signed the bid off", APPLICANT)
    say("bid.signature_ended", ended, APPLICANT)
    say("expression.recorded", f"{{actor}} brought {idea} in from past records", BOTH)
    say("expression.submitted", f"{{actor}} sent {idea}", BOTH)
    say("expression.clarification_asked", "{actor} asked a question", BOTH)
    say("expression.clarification_answered", "{actor} answered the question", BOTH)
    redated = "{actor} gave until {due_on} to answer the question"
    say("expression.clarification_redated", redated, BOTH)
    taken_back = "{actor} took the question back"
    say("expression.clarification_taken_back", taken_back, BOTH)
    say("expression.message_sent", "{actor} wrote a message", BOTH)
    settled = "{actor} said that the messages need no answer"
    say("expression.messages_settled", settled, BOTH)
    say("expression.taken_forward", f"{{actor}} took {idea} forward", BOTH)
    say("expression.declined", f"{{actor}} declined {idea}, with feedback", BOTH)
    say("expression.merged", f"{{actor}} merged {idea} into {{into}}", DEPARTMENT)
    say("expression.merged", f"{{actor}} joined {idea} with another", APPLICANT)
    say("expression.withdrawn", f"{{actor}} withdrew {idea}", BOTH)
    say("expression.assigned", "{actor} gave the case to {user}", DEPARTMENT)
    say("expression.unassigned", "{actor} took the case from {user}", DEPARTMENT)
    say("bid.opened", "{actor} opened the bid", BOTH)
    say("bid.saved", "{actor} changed the bid", APPLICANT, once_a_day=True)
    say("bid.commented", "{actor} commented on an answer of the bid", BOTH)
    say("bid.comment_done", "{actor} marked a comment as done", BOTH)
    say("bid.submitted", "{actor} sent the bid", BOTH)
    say("bid.returned", "{actor} returned the bid for more work", BOTH)
    say("document.added", "{actor} added a file", APPLICANT)
    say("document.removed", "{actor} removed a file", APPLICANT)
    say("document.found_infected", "A file with a virus was thrown away", BOTH)
    say("document.refused", "A file that can’t be scanned was thrown away", BOTH)
    say("assessment.assigned", "{actor} gave the bid to {user} to assess", DEPARTMENT)
    say("assessment.started", "{actor} began to assess the bid", DEPARTMENT)
    say("assessment.finished", "{actor} finished an assessment", DEPARTMENT)
    say("assessment.set_aside", "{actor} set an assessment aside", DEPARTMENT)
    say("bid.moderated", "{actor} moderated a score", DEPARTMENT)
    say("bid.assessed", "The bid was assessed", DEPARTMENT)
    say("bid.reopened", "{actor} reopened the assessment of the bid", DEPARTMENT)
    say("bid.listed", "{actor} listed the bid for the Board", DEPARTMENT)
    say("bid.deferred", "{actor} deferred the bid to a later meeting", DEPARTMENT)
    say("bid.recommended", "{actor} recorded the Board’s advice", DEPARTMENT)
    say("bid.approved", "{actor} recorded that the bid was approved", BOTH)
    say("bid.declined", "{actor} recorded that the bid was declined", BOTH)
    say("bid.withdrawn", "{actor} withdrew the bid", BOTH)
