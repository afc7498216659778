"""What each state of the answering side is called, whose move it is, and what each
event says. Read when the app starts; see `audit.presenters`.
"""

from funding.states import AwardState as A
from funding.states import MeetingState, PaymentState, VariationState
from innovation.audit.presenters import Holder, register_sentence, register_stage

Tag = tuple[str, str]

AWARD_TAGS: dict[str, Tag] = {
    A.OFFERED: ("Offered", "yellow"),
    A.ACCEPTED: ("Accepted", "light-blue"),
    A.ACTIVE: ("Running", "green"),
    A.SUSPENDED: ("Suspended", "orange"),
    A.CLOSING: ("Coming to its end", "purple"),
    A.CLOSED: ("Closed", "grey"),
    A.DECLINED: ("Offer declined", "grey"),
    A.WITHDRAWN: ("Offer withdrawn", "grey"),
    A.TERMINATED: ("Ended early", "grey"),
    A.RECORDED: ("Published", "blue"),
}
OWN_AWARD_TAGS: dict[str, Tag] = {
    **AWARD_TAGS,
    A.OFFERED: ("You have an offer", "yellow"),
    A.ACCEPTED: ("You accepted the offer", "light-blue"),
    A.SUSPENDED: ("Payments are stopped", "orange"),
}
AWARD_HOLDERS: dict[str, Holder] = {
    A.OFFERED: Holder.APPLICANT,
    A.ACCEPTED: Holder.DEPARTMENT,
    A.ACTIVE: Holder.APPLICANT,
    A.SUSPENDED: Holder.DEPARTMENT,
    A.CLOSING: Holder.DEPARTMENT,
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
    MeetingState.PAPERS_OUT: ("Papers are out", "yellow"),
    MeetingState.HELD: ("Held", "purple"),
    MeetingState.MINUTED: ("Minuted", "grey"),
}
VARIATION_TAGS: dict[str, Tag] = {
    VariationState.ASKED: ("Waiting for an answer", "yellow"),
    VariationState.AGREED: ("Agreed", "green"),
    VariationState.REFUSED: ("Refused", "grey"),
}
IMPORT_TAGS: dict[str, Tag] = {
    "checked": ("Checked, not yet applied", "yellow"),
    "refused": ("Has problems", "red"),
    "applied": ("Applied", "green"),
    "failed": ("Stopped, can be tried again", "orange"),
}
_DEPARTMENT = ("department",)
_BOTH = ("department", "applicant")
_BOARD = ("board",)
_BOARD_OFFICE = ("board_office",)


def register() -> None:
    for state, (words, colour) in AWARD_TAGS.items():
        register_stage(
            f"award.{state}",
            AWARD_HOLDERS.get(state, Holder.NOBODY),
            colour,
            words,
            applicant=OWN_AWARD_TAGS[state][0],
        )
    for state, (words, colour) in MEETING_TAGS.items():
        register_stage(f"meeting.{state}", Holder.BOARD, colour, words)
    _name_paper_events()
    _name_board_events()
    _name_award_events()
    _name_payment_events()


def _name_paper_events() -> None:
    """A Board paper tells what happened, never who in the department did it."""
    register_sentence(
        "expression.submitted", "The expression of interest was sent", _BOARD
    )
    register_sentence(
        "expression.taken_forward", "It was taken forward to a bid", _BOARD
    )
    register_sentence("bid.submitted", "The bid was sent", _BOARD)
    register_sentence("bid.returned", "The bid was returned for more work", _BOARD)
    register_sentence("bid.assessed", "The bid was assessed", _BOARD)
    register_sentence("bid.reopened", "The assessment of the bid was reopened", _BOARD)
    register_sentence("bid.listed", "The bid was listed for the Board", _BOARD)
    register_sentence("bid.deferred", "The bid was deferred to a later meeting", _BOARD)
    register_sentence("bid.recommended", "The Board’s advice was recorded", _BOARD)


def _name_board_events() -> None:
    register_sentence(
        "interest.declared", "{actor} recorded the interest of {member}", _BOARD_OFFICE
    )
    register_sentence(
        "interest.agreed", "{actor} agreed what {member} will do", _BOARD_OFFICE
    )
    register_sentence("opinion.given", "{actor} gave a view", _BOARD_OFFICE)


def _name_award_events() -> None:
    register_sentence("award.offered", "{actor} offered the grant", _BOTH)
    register_sentence("award.accepted", "{actor} accepted the offer", _BOTH)
    register_sentence("award.declined", "{actor} declined the offer", _BOTH)
    register_sentence("award.withdrawn", "{actor} withdrew the offer", _BOTH)
    register_sentence("award.started", "{actor} started the grant", _BOTH)
    register_sentence("award.suspended", "{actor} suspended the grant", _BOTH)
    register_sentence("award.resumed", "{actor} resumed the grant", _BOTH)
    register_sentence(
        "award.wind_down_started", "{actor} began to wind the grant down", _BOTH
    )
    register_sentence("award.closed", "{actor} closed the grant", _BOTH)
    register_sentence("award.terminated", "{actor} ended the grant early", _BOTH)
    register_sentence(
        "award.announced", "{actor} announced the award for {on}", _DEPARTMENT
    )
    register_sentence(
        "award.announcement_called_off",
        "{actor} called off the announcement for {on}",
        _DEPARTMENT,
    )
    register_sentence(
        "award.recorded", "The award was recorded from published sources", _DEPARTMENT
    )


def _name_payment_events() -> None:
    register_sentence("payment.planned", "{actor} planned the payments", _BOTH)
    register_sentence(
        "payment.requested", "{actor} asked for instalment {instalment}", _BOTH
    )
    register_sentence(
        "payment.released", "{actor} released instalment {instalment}", _BOTH
    )
    register_sentence(
        "payment.refused", "{actor} sent instalment {instalment} back", _BOTH
    )
    register_sentence(
        "payment.recovered", "{actor} recorded instalment {instalment} as back", _BOTH
    )
    register_sentence(
        "payment.reconciled", "{actor} reconciled instalment {instalment}", _DEPARTMENT
    )
    register_sentence(
        "monitoring.asked", "{actor} asked for a report by {due_on}", _BOTH
    )
    register_sentence("monitoring.handed_in", "{actor} handed in a report", _BOTH)
    register_sentence("variation.asked", "{actor} asked for a change", _BOTH)
    register_sentence("variation.agreed", "{actor} agreed a change", _BOTH)
    register_sentence("variation.refused", "{actor} refused a change", _BOTH)
    register_sentence(
        "evaluation.agreed", "{actor} agreed who evaluates the project", _BOTH
    )
    register_sentence(
        "evaluation.published", "{actor} published an evaluation report", _BOTH
    )
