"""The words for the states and events of this app. Registered when the app starts: see
`audit.presenters`.
"""

from bids.events import BidsEvent
from bids.turns import Turn, WaitingOn, turns
from funding.events import FundingEvent
from funding.states import AwardState as A
from funding.states import MeetingState, PaymentState, VariationState
from innovation.audit.event_names import EventName
from innovation.audit.presenters import (
    Audience,
    Stage,
    Wording,
    sentences,
    sentences_for,
    sentences_of,
    silent_events,
    stages,
)

Tag = tuple[str, str]

AWARD_TAGS: dict[str, Tag] = {
    A.OFFERED: ("Offered", "yellow"),
    A.ACCEPTED: ("Accepted", "light-blue"),
    A.ACTIVE: ("Running", "green"),
    A.SUSPENDED: ("Suspended", "orange"),
    A.CLOSING: ("Winding down", "purple"),
    A.CLOSED: ("Closed", "grey"),
    A.DECLINED: ("Offer declined", "grey"),
    A.WITHDRAWN: ("Offer withdrawn", "grey"),
    A.TERMINATED: ("Ended early", "grey"),
    A.RECORDED: ("Published", "blue"),
    A.RETRACTED: ("Retracted", "red"),
}
OWN_AWARD_TAGS: dict[str, Tag] = {
    **AWARD_TAGS,
    A.OFFERED: ("You have an offer", "yellow"),
    A.ACCEPTED: ("You accepted the offer", "light-blue"),
    A.SUSPENDED: ("Payments are stopped", "orange"),
    A.RETRACTED: ("Imported by mistake", "red"),
}
PAYMENT_TAGS: dict[str, Tag] = {
    PaymentState.PLANNED: ("Planned", "light-blue"),
    PaymentState.REQUESTED: ("Waiting for finance", "yellow"),
    PaymentState.PAID: ("Paid", "green"),
    PaymentState.REFUSED: ("Sent back", "orange"),
    PaymentState.RECOVERED: ("Recovered", "grey"),
}
MEETING_TAGS: dict[str, Tag] = {
    MeetingState.PLANNED: ("Planned", "light-blue"),
    MeetingState.PAPERS_OUT: ("Papers sent", "yellow"),
    MeetingState.HELD: ("Held", "purple"),
    MeetingState.MINUTED: ("Minuted", "grey"),
}
VARIATION_TAGS: dict[str, Tag] = {
    VariationState.ASKED: ("Waiting for an answer", "yellow"),
    VariationState.AGREED: ("Agreed", "green"),
    VariationState.REFUSED: ("Refused", "grey"),
}
IMPORT_TAGS: dict[str, Tag] = {
    "checked": ("Checked, not imported yet", "yellow"),
    "waiting": ("Waiting for a second person", "yellow"),
    "declined": ("Refused", "red"),
    "refused": ("Has problems", "red"),
    "applied": ("Imported", "green"),
    "failed": ("Stopped, can be tried again", "orange"),
}
PLAN_CHANGED = (
    "Somebody has changed the payment plan of this grant. Open its list of "
    "payments and choose from the new plan."
)
FIGURE_NAMES = {
    "expressions": "Expressions of interest",
    "projects_funded": "Projects funded",
    "councils_redesigning": "Local authorities redesigning their social work",
}
EVENTS: dict[EventName, Wording] = {
    FundingEvent.AWARD_OFFERED: Wording.alike("{actor} offered the grant"),
    FundingEvent.AWARD_OFFER_REDATED: Wording.alike(
        "{actor} gave until {reply_by} to answer the offer"
    ),
    FundingEvent.AWARD_ACCEPTED: Wording.alike("{actor} accepted the offer"),
    FundingEvent.AWARD_DECLINED: Wording.alike("{actor} declined the offer"),
    FundingEvent.AWARD_WITHDRAWN: Wording.alike("{actor} withdrew the offer"),
    FundingEvent.AWARD_STARTED: Wording.alike("{actor} started the grant"),
    FundingEvent.AWARD_SUSPENDED: Wording.alike("{actor} suspended the grant"),
    FundingEvent.AWARD_RESUMED: Wording.alike("{actor} resumed the grant"),
    FundingEvent.AWARD_WIND_DOWN_STARTED: Wording.alike(
        "{actor} started to wind down the grant"
    ),
    FundingEvent.AWARD_CLOSED: Wording.alike("{actor} closed the grant"),
    FundingEvent.AWARD_TERMINATED: Wording.alike("{actor} ended the grant early"),
    FundingEvent.AWARD_ANNOUNCED: Wording(
        department="{actor} announced the award for {on}", applicant=None
    ),
    FundingEvent.AWARD_ANNOUNCEMENT_CALLED_OFF: Wording(
        department="{actor} called off the announcement for {on}", applicant=None
    ),
    FundingEvent.AWARD_RECORDED: Wording(
        department="The award was recorded from published sources", applicant=None
    ),
    FundingEvent.AWARD_CORRECTED: Wording(
        department="{actor} confirmed a correction", applicant=None
    ),
    FundingEvent.AWARD_CORRECTED_BY_RELEASE: Wording(
        department="A release of the service corrected the {column}", applicant=None
    ),
    FundingEvent.AWARD_RETRACTED: Wording(
        department="{actor} confirmed that the award was imported by mistake",
        applicant=None,
    ),
    FundingEvent.CORRECTION_ASKED: Wording(
        department="{actor} asked for a correction", applicant=None
    ),
    FundingEvent.CORRECTION_REFUSED: Wording(
        department="{actor} refused a correction", applicant=None
    ),
    FundingEvent.PAYMENT_PLANNED: Wording.alike("{actor} planned the payments"),
    FundingEvent.PAYMENT_REQUESTED: Wording.alike(
        "{actor} asked for instalment {instalment}"
    ),
    FundingEvent.PAYMENT_RELEASED: Wording.alike(
        "{actor} released instalment {instalment}"
    ),
    FundingEvent.PAYMENT_REFUSED: Wording.alike(
        "{actor} sent instalment {instalment} back"
    ),
    FundingEvent.PAYMENT_RECOVERED: Wording.alike(
        "{actor} recorded that instalment {instalment} was returned"
    ),
    FundingEvent.PAYMENT_RECONCILED: Wording(
        department="{actor} reconciled instalment {instalment}", applicant=None
    ),
    FundingEvent.MONITORING_ASKED: Wording.alike(
        "{actor} asked for a report by {due_on}"
    ),
    FundingEvent.MONITORING_HANDED_IN: Wording.alike("{actor} handed in a report"),
    FundingEvent.VARIATION_ASKED: Wording.alike("{actor} asked for a change"),
    FundingEvent.VARIATION_AGREED: Wording.alike("{actor} agreed a change"),
    FundingEvent.VARIATION_REFUSED: Wording.alike("{actor} refused a change"),
    FundingEvent.EVALUATION_AGREED: Wording.alike(
        "{actor} agreed the evaluator of the project"
    ),
    FundingEvent.EVALUATION_PUBLISHED: Wording.alike(
        "{actor} published an evaluation report"
    ),
}
BOARD_OFFICE_EVENTS: dict[EventName, str] = {
    FundingEvent.INTEREST_AGREED: "{actor} agreed what {member} will do",
    FundingEvent.INTEREST_DECLARED: "{actor} recorded the interest of {member}",
    FundingEvent.OPINION_GIVEN: "{actor} gave a view",
}
# A Board paper shows what happened, but not who in the department did it.
BOARD_EVENTS: dict[EventName, str] = {
    BidsEvent.EXPRESSION_SUBMITTED: "The expression of interest was sent",
    BidsEvent.EXPRESSION_TAKEN_FORWARD: "It was taken forward to a bid",
    BidsEvent.BID_SUBMITTED: "The bid was sent",
    BidsEvent.BID_RETURNED: "The bid was returned for more work",
    BidsEvent.BID_ASSESSED: "The bid was assessed",
    BidsEvent.BID_REOPENED: "The assessment of the bid was reopened",
    BidsEvent.BID_LISTED: "The bid was listed for the Board",
    BidsEvent.BID_DEFERRED: "The bid was deferred to a later meeting",
    BidsEvent.BID_RECOMMENDED: "The Board’s advice was recorded",
}
# No page shows the history of a meeting, an import or a round. A revision of figures
# is shown with the figures.
SILENT: tuple[EventName, ...] = (
    FundingEvent.MEETING_BID_LISTED,
    FundingEvent.MEETING_HELD,
    FundingEvent.MEETING_MEMBERS_INVITED,
    FundingEvent.MEETING_MINUTED,
    FundingEvent.MEETING_PAPERS_SENT,
    FundingEvent.MEETING_PLANNED,
    FundingEvent.IMPORT_APPLIED,
    FundingEvent.IMPORT_CHECKED,
    FundingEvent.IMPORT_DECLINED,
    FundingEvent.IMPORT_FAILED,
    FundingEvent.IMPORT_REFUSED,
    FundingEvent.IMPORT_SENT,
    FundingEvent.AWARD_RECOUNTED,
    FundingEvent.TERMS_PUBLISHED,
    FundingEvent.FIGURES_REVISED,
)


_TURNS = (
    Turn(
        f"award.{A.OFFERED}", WaitingOn.APPLICANT, "The recipient, to answer the offer"
    ),
    Turn(
        f"award.{A.ACCEPTED}",
        WaitingOn.DEPARTMENT,
        "The grant manager, to start the grant",
    ),
    Turn(
        f"award.{A.SUSPENDED}",
        WaitingOn.DEPARTMENT,
        "The grant manager, to resume or end the grant",
    ),
    Turn(
        f"award.{A.CLOSING}",
        WaitingOn.DEPARTMENT,
        "The grant manager, to close the grant",
    ),
)


def register() -> None:
    turns.register(*_TURNS)
    for state, (words, colour) in AWARD_TAGS.items():
        own, _ = OWN_AWARD_TAGS[state]
        stages.register(Stage.of(f"award.{state}", colour, words, applicant=own))
    for state, (words, colour) in MEETING_TAGS.items():
        stages.register(Stage.of(f"meeting.{state}", colour, words))
    sentences.register(
        *sentences_of(EVENTS),
        *sentences_for(Audience.BOARD_OFFICE, BOARD_OFFICE_EVENTS),
        *sentences_for(Audience.BOARD, BOARD_EVENTS),
    )
    silent_events.register(*SILENT)
