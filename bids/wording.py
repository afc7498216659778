"""What each state is called, and what each event says.

Each audience has its own words. The app registers them when it starts: see
`audit.presenters`.
"""

from bids.events import BidsEvent
from bids.states import BidState as B
from bids.states import ExpressionState as E
from bids.turns import Turn, WaitingOn, turns
from innovation.audit.event_names import EventName
from innovation.audit.presenters import (
    FactLabels,
    Stage,
    Wording,
    fact_labels,
    sentences,
    sentences_of,
    silent_events,
    stages,
)
from innovation.documents.events import DocumentsEvent

EVENTS: dict[EventName, Wording] = {
    BidsEvent.EXPRESSION_STARTED: Wording(
        department=None, applicant="{actor} started the expression of interest"
    ),
    BidsEvent.EXPRESSION_SAVED: Wording(
        department=None, applicant="{actor} changed the draft", grouped_by_day=True
    ),
    BidsEvent.EXPRESSION_CAME_LATE: Wording(
        department=None,
        applicant="{actor} tried to send the expression of interest late",
    ),
    BidsEvent.EXPRESSION_SIGNED: Wording(
        department=None, applicant="{actor} signed off the expression of interest"
    ),
    BidsEvent.EXPRESSION_SIGNATURE_ENDED: Wording(
        department=None,
        applicant="{actor} changed what was signed off, so it must be signed again",
    ),
    BidsEvent.BID_SIGNED: Wording(
        department=None, applicant="{actor} signed off the bid"
    ),
    BidsEvent.BID_SIGNATURE_ENDED: Wording(
        department=None,
        applicant="{actor} changed what was signed off, so it must be signed again",
    ),
    BidsEvent.EXPRESSION_SIGNATURE_ASKED: Wording(
        department=None,
        applicant="{actor} asked for the expression of interest to be signed off",
    ),
    BidsEvent.EXPRESSION_SIGNATURE_DECLINED: Wording(
        department=None,
        applicant="{actor} declined to sign off the expression of interest",
    ),
    BidsEvent.EXPRESSION_SIGNATURE_PASSED_ON: Wording(
        department=None,
        applicant="{actor} passed the request to sign off to somebody else",
    ),
    BidsEvent.EXPRESSION_SIGNATURE_TAKEN_BACK: Wording(
        department=None, applicant="{actor} took back the request to sign off"
    ),
    BidsEvent.BID_SIGNATURE_ASKED: Wording(
        department=None, applicant="{actor} asked for the bid to be signed off"
    ),
    BidsEvent.BID_SIGNATURE_DECLINED: Wording(
        department=None, applicant="{actor} declined to sign off the bid"
    ),
    BidsEvent.BID_SIGNATURE_PASSED_ON: Wording(
        department=None,
        applicant="{actor} passed the request to sign off to somebody else",
    ),
    BidsEvent.BID_SIGNATURE_TAKEN_BACK: Wording(
        department=None, applicant="{actor} took back the request to sign off"
    ),
    BidsEvent.EXPRESSION_RECORDED: Wording.alike(
        "{actor} imported the expression of interest from past records"
    ),
    BidsEvent.EXPRESSION_CORRECTED: Wording.alike(
        "{actor} confirmed a correction of the past records"
    ),
    BidsEvent.EXPRESSION_RETRACTED: Wording.alike(
        "{actor} confirmed that the expression of interest was imported by mistake"
    ),
    BidsEvent.EXPRESSION_SUBMITTED: Wording.alike(
        "{actor} sent the expression of interest"
    ),
    BidsEvent.EXPRESSION_CLARIFICATION_ASKED: Wording.alike("{actor} asked a question"),
    BidsEvent.EXPRESSION_CLARIFICATION_ANSWERED: Wording.alike(
        "{actor} answered the question"
    ),
    BidsEvent.EXPRESSION_CLARIFICATION_REDATED: Wording.alike(
        "{actor} gave until {due_on} to answer the question"
    ),
    BidsEvent.EXPRESSION_CLARIFICATION_TAKEN_BACK: Wording.alike(
        "{actor} took the question back"
    ),
    BidsEvent.EXPRESSION_MESSAGE_SENT: Wording.alike("{actor} wrote a message"),
    BidsEvent.EXPRESSION_MESSAGES_SETTLED: Wording.alike(
        "{actor} said that the messages need no answer"
    ),
    BidsEvent.EXPRESSION_PARTNER_CONFIRMED: Wording.alike(
        "{actor} confirmed the partner {partner}"
    ),
    BidsEvent.EXPRESSION_PARTNER_CORRECTED: Wording.alike(
        "{actor} corrected the details of the partner {partner}"
    ),
    BidsEvent.EXPRESSION_PARTNER_MERGED: Wording.alike(
        "{actor} recorded the partner {partner} as {into}"
    ),
    BidsEvent.EXPRESSION_LEAD_MERGED: Wording(
        department=None,
        applicant="{actor} merged {organisation} into {into}, which leads this now",
    ),
    BidsEvent.EXPRESSION_CHECKED: Wording(
        department="{actor} recorded eligibility checks", applicant=None
    ),
    BidsEvent.EXPRESSION_CHECK_CORRECTED: Wording(
        department="{actor} corrected an eligibility check", applicant=None
    ),
    BidsEvent.EXPRESSION_DUE_DILIGENCE_RECORDED: Wording(
        department="{actor} recorded due diligence: {area}", applicant=None
    ),
    BidsEvent.EXPRESSION_FLAGGED: Wording(
        department="{actor} raised a flag for {team}", applicant=None
    ),
    BidsEvent.EXPRESSION_FLAG_RESOLVED: Wording(
        department="{actor} resolved the flag for {team}", applicant=None
    ),
    BidsEvent.EXPRESSION_TAKEN_FORWARD: Wording.alike(
        "{actor} took the expression of interest forward"
    ),
    BidsEvent.EXPRESSION_DECLINED: Wording.alike(
        "{actor} declined the expression of interest, with feedback"
    ),
    BidsEvent.EXPRESSION_RECONSIDERATION_ASKED: Wording.alike(
        "{actor} asked for the decision to be looked at again"
    ),
    BidsEvent.EXPRESSION_UPHELD: Wording.alike(
        "{actor} looked at the decision again and upheld it"
    ),
    BidsEvent.EXPRESSION_RECONSIDERED: Wording.alike(
        "{actor} looked at the decision again and set it aside"
    ),
    BidsEvent.EXPRESSION_MERGED: Wording(
        department="{actor} merged the expression of interest into {into}",
        applicant="{actor} joined the expression of interest with another",
    ),
    BidsEvent.EXPRESSION_WITHDRAWN: Wording.alike(
        "{actor} withdrew the expression of interest"
    ),
    BidsEvent.EXPRESSION_ASSIGNED: Wording(
        department="{actor} assigned {user} to the case", applicant=None
    ),
    BidsEvent.EXPRESSION_UNASSIGNED: Wording(
        department="{actor} removed {user} from the case", applicant=None
    ),
    BidsEvent.EXPRESSION_STEP_PLANNED: Wording(
        department="{actor} planned to {step}, together with other cases",
        applicant=None,
    ),
    BidsEvent.EXPRESSION_STEP_CALLED_OFF: Wording(
        department="{actor} called off the plan to {step}", applicant=None
    ),
    BidsEvent.EXPRESSION_STEP_REFUSED: Wording(
        department="What {actor} had planned, to {step}, could not be done",
        applicant=None,
    ),
    BidsEvent.EXPRESSION_BARRIER_JOINED: Wording(
        department="{actor} joined the barrier “{law_or_rule}” to {entry} of the "
        "register",
        applicant=None,
    ),
    BidsEvent.EXPRESSION_BARRIER_LEFT: Wording(
        department="{actor} took the barrier “{law_or_rule}” off {entry} of the "
        "register",
        applicant=None,
    ),
    BidsEvent.BID_OPENED: Wording.alike("{actor} opened the bid"),
    BidsEvent.BID_SAVED: Wording(
        department=None, applicant="{actor} changed the bid", grouped_by_day=True
    ),
    BidsEvent.BID_COMMENTED: Wording.alike("{actor} commented on an answer of the bid"),
    BidsEvent.BID_COMMENT_DONE: Wording.alike("{actor} marked a comment as done"),
    BidsEvent.BID_SUBMITTED: Wording.alike("{actor} sent the bid"),
    BidsEvent.BID_RETURNED: Wording.alike("{actor} returned the bid for more work"),
    BidsEvent.ASSESSMENT_ASSIGNED: Wording(
        department="{actor} assigned {user} to assess the bid", applicant=None
    ),
    BidsEvent.ASSESSMENT_STARTED: Wording(
        department="{actor} started to assess the bid", applicant=None
    ),
    BidsEvent.ASSESSMENT_SCORED: Wording(
        department="{actor} scored the bid", applicant=None, grouped_by_day=True
    ),
    BidsEvent.ASSESSMENT_FINISHED: Wording(
        department="{actor} finished an assessment", applicant=None
    ),
    BidsEvent.ASSESSMENT_SET_ASIDE: Wording(
        department="{actor} set an assessment aside", applicant=None
    ),
    BidsEvent.BID_MODERATED: Wording(
        department="{actor} moderated a score", applicant=None
    ),
    BidsEvent.BID_ASSESSED: Wording(department="The bid was assessed", applicant=None),
    BidsEvent.BID_REOPENED: Wording(
        department="{actor} reopened the assessment of the bid", applicant=None
    ),
    BidsEvent.BID_LISTED: Wording(
        department="{actor} listed the bid for the Board", applicant=None
    ),
    BidsEvent.BID_DEFERRED: Wording(
        department="{actor} deferred the bid to a later meeting", applicant=None
    ),
    BidsEvent.BID_RECOMMENDED: Wording(
        department="{actor} recorded the Board’s advice", applicant=None
    ),
    BidsEvent.BID_APPROVED: Wording.alike("{actor} recorded that the bid was approved"),
    BidsEvent.BID_DECLINED: Wording.alike("{actor} recorded that the bid was declined"),
    BidsEvent.BID_RECONSIDERATION_ASKED: Wording.alike(
        "{actor} asked for the decision to be looked at again"
    ),
    BidsEvent.BID_UPHELD: Wording.alike(
        "{actor} looked at the decision again and upheld it"
    ),
    BidsEvent.BID_RECONSIDERED: Wording.alike(
        "{actor} looked at the decision again and set it aside"
    ),
    BidsEvent.BID_WITHDRAWN: Wording.alike("{actor} withdrew the bid"),
    DocumentsEvent.DOCUMENT_ADDED: Wording(
        department=None, applicant="{actor} added a file"
    ),
    DocumentsEvent.DOCUMENT_REMOVED: Wording(
        department=None, applicant="{actor} removed a file"
    ),
    DocumentsEvent.DOCUMENT_FOUND_INFECTED: Wording.alike(
        "A file with a virus was deleted"
    ),
    DocumentsEvent.DOCUMENT_REFUSED: Wording.alike(
        "A file that can’t be scanned was deleted"
    ),
}
# No page shows the history of a round, or says that a file was found clean or from when
# a correction counts. Notes have a page of their own, which only officials read, and an
# entry of the barrier register shows its steps.
SILENT: tuple[EventName, ...] = (
    BidsEvent.BARRIER_CHANGED,
    BidsEvent.BARRIER_ENTERED,
    BidsEvent.EXPRESSION_NOTED,
    BidsEvent.EXPRESSION_RECOUNTED,
    BidsEvent.ROUND_ADDED,
    BidsEvent.ROUND_CHANGED,
    BidsEvent.ROUND_CHECK_ADDED,
    BidsEvent.ROUND_CHECK_CHANGED,
    BidsEvent.ROUND_CHECK_ENDED,
    BidsEvent.ROUND_CRITERION_ADDED,
    BidsEvent.ROUND_CRITERION_CHANGED,
    BidsEvent.ROUND_ENVELOPE_ADDED,
    BidsEvent.ROUND_LATE_ENTRY_GIVEN,
    BidsEvent.ROUND_PUBLISHED,
    BidsEvent.ROUND_RECORDED,
    BidsEvent.ROUND_STRAND_ADDED,
    BidsEvent.QUESTION_SET_BEGUN,
    BidsEvent.QUESTION_SET_PUBLISHED,
    BidsEvent.QUESTION_SET_QUESTION_ADDED,
    BidsEvent.QUESTION_SET_QUESTION_CHANGED,
    BidsEvent.QUESTION_SET_QUESTION_MOVED,
    BidsEvent.QUESTION_SET_QUESTION_REMOVED,
    BidsEvent.QUESTION_SET_SECTION_MOVED,
    DocumentsEvent.DOCUMENT_FOUND_CLEAN,
)


_STEPS = FactLabels(
    "step",
    {
        "assign": "assign somebody",
        "take_forward": "take it forward",
        "decline": "decline it",
        "release_feedback": "decline it with the prepared feedback",
    },
)
_TURNS = (
    Turn(
        f"expression.{E.SUBMITTED}",
        WaitingOn.DEPARTMENT,
        "The department, to read it and decide",
    ),
    Turn(
        f"expression.{E.CLARIFICATION}",
        WaitingOn.APPLICANT,
        "The applicant, to answer our question",
    ),
    Turn(
        f"bid.{B.IN_DEVELOPMENT}",
        WaitingOn.APPLICANT,
        "The applicant, to write the bid",
    ),
    Turn(f"bid.{B.RETURNED}", WaitingOn.APPLICANT, "The applicant, to change the bid"),
    Turn(
        f"bid.{B.SUBMITTED}", WaitingOn.DEPARTMENT, "The department, to assess the bid"
    ),
    Turn(
        f"bid.{B.ASSESSED}",
        WaitingOn.DEPARTMENT,
        "The Board secretary, to list it for a meeting",
    ),
    Turn(
        f"bid.{B.AT_BOARD}", WaitingOn.BOARD, "The Investment Board, to give its advice"
    ),
    Turn(
        f"bid.{B.WITH_MINISTER}",
        WaitingOn.MINISTER,
        "The minister, to decide",
        seed_words="The approver of seed grants, to decide",
    ),
    Turn(
        f"bid.{B.APPROVED}",
        WaitingOn.DEPARTMENT,
        "The grant manager, to offer the grant",
    ),
)


def _name_expression_state(state: E, colour: str, name: str, own: str) -> None:
    stages.register(Stage.of(f"expression.{state}", colour, name, applicant=own))


def _name_bid_state(
    state: B, colour: str, name: str, own: str | tuple[str, str]
) -> None:
    stages.register(Stage.of(f"bid.{state}", colour, name, applicant=own))


def register() -> None:
    turns.register(*_TURNS)
    fact_labels.register(_STEPS)
    _name_expression_state(E.DRAFT, "grey", "Draft", "Draft")
    _name_expression_state(E.SUBMITTED, "blue", "To be read", "Received")
    _name_expression_state(
        E.CLARIFICATION,
        "yellow",
        "Waiting for an answer",
        "We have a question for you",
    )
    _name_expression_state(E.TAKEN_FORWARD, "green", "Taken forward", "Taken forward")
    _name_expression_state(E.DECLINED, "grey", "Not taken forward", "Not taken forward")
    _name_expression_state(
        E.WITHDRAWN, "grey", "Expression withdrawn", "Expression withdrawn"
    )
    _name_expression_state(E.RETRACTED, "red", "Retracted", "Imported by mistake")
    _name_expression_state(E.MERGED, "grey", "Merged", "Joined with another")
    considered = ("Being considered", "purple")
    _name_bid_state(B.IN_DEVELOPMENT, "light-blue", "In development", "To be sent")
    _name_bid_state(B.SUBMITTED, "blue", "To be assessed", "Received")
    _name_bid_state(
        B.RETURNED,
        "yellow",
        "Returned to the applicant",
        "Needs more work",
    )
    _name_bid_state(B.ASSESSED, "purple", "Assessed", considered)
    _name_bid_state(B.AT_BOARD, "purple", "At the Board", considered)
    _name_bid_state(B.WITH_MINISTER, "pink", "Waiting for a decision", considered)
    _name_bid_state(B.APPROVED, "green", "Approved", "Approved")
    _name_bid_state(B.DECLINED, "grey", "Declined", "Not funded")
    _name_bid_state(B.WITHDRAWN, "grey", "Bid withdrawn", "Bid withdrawn")
    sentences.register(*sentences_of(EVENTS))
    silent_events.register(*SILENT)
