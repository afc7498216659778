"""What each state is called, whose move it is, and what each event says.

One name for each audience. Read when the app starts; see `audit.presenters`.
"""

from bids.states import BidState as B
from bids.states import ExpressionState as E
from innovation.audit.presenters import Holder, register_sentence, register_stage

DEPARTMENT = ("department",)
BOTH = ("department", "applicant")
APPLICANT = ("applicant",)


def _name_expression_state(
    state: E, holder: Holder, colour: str, words: str, own: str
) -> None:
    register_stage(f"expression.{state}", holder, colour, words, applicant=own)


def _name_bid_state(
    state: B, holder: Holder, colour: str, words: str, own: str | tuple[str, str]
) -> None:
    register_stage(f"bid.{state}", holder, colour, words, applicant=own)


def register() -> None:
    who = Holder
    _name_expression_state(E.DRAFT, who.APPLICANT, "grey", "Draft", "Draft")
    _name_expression_state(
        E.SUBMITTED, who.DEPARTMENT, "blue", "To be read", "Received"
    )
    _name_expression_state(
        E.CLARIFICATION,
        who.APPLICANT,
        "yellow",
        "Waiting for an answer",
        "We have a question for you",
    )
    _name_expression_state(
        E.TAKEN_FORWARD, who.NOBODY, "green", "Taken forward", "Taken forward"
    )
    _name_expression_state(
        E.DECLINED, who.NOBODY, "grey", "Not taken forward", "Not taken forward"
    )
    _name_expression_state(E.WITHDRAWN, who.NOBODY, "grey", "Withdrawn", "Withdrawn")
    _name_expression_state(
        E.MERGED, who.NOBODY, "grey", "Merged", "Joined with another"
    )
    considered = ("Being considered", "purple")
    _name_bid_state(
        B.IN_DEVELOPMENT, who.APPLICANT, "light-blue", "In development", "To be sent"
    )
    _name_bid_state(B.SUBMITTED, who.DEPARTMENT, "blue", "To be assessed", "Received")
    _name_bid_state(
        B.RETURNED,
        who.APPLICANT,
        "yellow",
        "Returned to the applicant",
        "Needs more work",
    )
    _name_bid_state(B.ASSESSED, who.BOARD, "purple", "Assessed", considered)
    _name_bid_state(B.AT_BOARD, who.BOARD, "purple", "At the Board", considered)
    _name_bid_state(
        B.WITH_MINISTER, who.MINISTER, "pink", "Waiting for a decision", considered
    )
    _name_bid_state(B.APPROVED, who.DEPARTMENT, "green", "Approved", "Approved")
    _name_bid_state(B.DECLINED, who.NOBODY, "grey", "Declined", "Not funded")
    _name_bid_state(B.WITHDRAWN, who.NOBODY, "grey", "Withdrawn", "Withdrawn")
    _register_sentences()


def _register_sentences() -> None:
    idea = "the expression of interest"
    register_sentence("expression.started", f"{{actor}} started {idea}", APPLICANT)
    changed = "{actor} changed the draft"
    register_sentence("expression.saved", changed, APPLICANT, grouped_by_day=True)
    register_sentence(
        "expression.came_late", f"{{actor}} tried to send {idea} late", APPLICANT
    )
    register_sentence("expression.signed", f"{{actor}} signed {idea} off", APPLICANT)
    ended = "{actor} changed what was signed off, which must be signed again"
    register_sentence("expression.signature_ended", ended, APPLICANT)
    register_sentence("bid.signed", "{actor} signed the bid off", APPLICANT)
    register_sentence("bid.signature_ended", ended, APPLICANT)
    register_sentence(
        "expression.recorded", f"{{actor}} brought {idea} in from past records", BOTH
    )
    register_sentence("expression.submitted", f"{{actor}} sent {idea}", BOTH)
    register_sentence(
        "expression.clarification_asked", "{actor} asked a question", BOTH
    )
    register_sentence(
        "expression.clarification_answered", "{actor} answered the question", BOTH
    )
    redated = "{actor} gave until {due_on} to answer the question"
    register_sentence("expression.clarification_redated", redated, BOTH)
    taken_back = "{actor} took the question back"
    register_sentence("expression.clarification_taken_back", taken_back, BOTH)
    register_sentence("expression.message_sent", "{actor} wrote a message", BOTH)
    settled = "{actor} said that the messages need no answer"
    register_sentence("expression.messages_settled", settled, BOTH)
    register_sentence(
        "expression.taken_forward", f"{{actor}} took {idea} forward", BOTH
    )
    register_sentence(
        "expression.declined", f"{{actor}} declined {idea}, with feedback", BOTH
    )
    register_sentence(
        "expression.merged", f"{{actor}} merged {idea} into {{into}}", DEPARTMENT
    )
    register_sentence(
        "expression.merged", f"{{actor}} joined {idea} with another", APPLICANT
    )
    register_sentence("expression.withdrawn", f"{{actor}} withdrew {idea}", BOTH)
    register_sentence(
        "expression.assigned", "{actor} gave the case to {user}", DEPARTMENT
    )
    register_sentence(
        "expression.unassigned", "{actor} took the case from {user}", DEPARTMENT
    )
    register_sentence("bid.opened", "{actor} opened the bid", BOTH)
    register_sentence(
        "bid.saved", "{actor} changed the bid", APPLICANT, grouped_by_day=True
    )
    register_sentence(
        "bid.commented", "{actor} commented on an answer of the bid", BOTH
    )
    register_sentence("bid.comment_done", "{actor} marked a comment as done", BOTH)
    register_sentence("bid.submitted", "{actor} sent the bid", BOTH)
    register_sentence("bid.returned", "{actor} returned the bid for more work", BOTH)
    register_sentence("document.added", "{actor} added a file", APPLICANT)
    register_sentence("document.removed", "{actor} removed a file", APPLICANT)
    register_sentence(
        "document.found_infected", "A file with a virus was thrown away", BOTH
    )
    register_sentence(
        "document.refused", "A file that can’t be scanned was thrown away", BOTH
    )
    register_sentence(
        "assessment.assigned", "{actor} gave the bid to {user} to assess", DEPARTMENT
    )
    register_sentence(
        "assessment.started", "{actor} began to assess the bid", DEPARTMENT
    )
    register_sentence(
        "assessment.finished", "{actor} finished an assessment", DEPARTMENT
    )
    register_sentence(
        "assessment.set_aside", "{actor} set an assessment aside", DEPARTMENT
    )
    register_sentence("bid.moderated", "{actor} moderated a score", DEPARTMENT)
    register_sentence("bid.assessed", "The bid was assessed", DEPARTMENT)
    register_sentence(
        "bid.reopened", "{actor} reopened the assessment of the bid", DEPARTMENT
    )
    register_sentence("bid.listed", "{actor} listed the bid for the Board", DEPARTMENT)
    register_sentence(
        "bid.deferred", "{actor} deferred the bid to a later meeting", DEPARTMENT
    )
    register_sentence(
        "bid.recommended", "{actor} recorded the Board’s advice", DEPARTMENT
    )
    register_sentence(
        "bid.approved", "{actor} recorded that the bid was approved", BOTH
    )
    register_sentence(
        "bid.declined", "{actor} recorded that the bid was declined", BOTH
    )
    register_sentence("bid.withdrawn", "{actor} withdrew the bid", BOTH)
