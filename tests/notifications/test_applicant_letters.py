"""A letter tells applicants nothing that the history of their case hides from them."""

from pathlib import Path

import pytest

from bids.events import BidsEvent
from funding.events import FundingEvent
from innovation.audit import presenters
from innovation.audit.event_names import EventName
from innovation.audit.presenters import Audience

EVENTS_OF_LETTERS: list[tuple[str, EventName]] = [
    ("award_accepted", FundingEvent.AWARD_ACCEPTED),
    ("award_offered", FundingEvent.AWARD_OFFERED),
    ("award_offered_to_colleagues", FundingEvent.AWARD_OFFERED),
    ("award_resumed", FundingEvent.AWARD_RESUMED),
    ("award_started", FundingEvent.AWARD_STARTED),
    ("award_suspended", FundingEvent.AWARD_SUSPENDED),
    ("award_terminated", FundingEvent.AWARD_TERMINATED),
    ("award_withdrawn", FundingEvent.AWARD_WITHDRAWN),
    ("bid_commented", BidsEvent.BID_COMMENTED),
    ("bid_received", BidsEvent.BID_SUBMITTED),
    ("bid_returned", BidsEvent.BID_RETURNED),
    ("clarification_asked", BidsEvent.EXPRESSION_CLARIFICATION_ASKED),
    ("clarification_redated", BidsEvent.EXPRESSION_CLARIFICATION_REDATED),
    ("clarification_taken_back", BidsEvent.EXPRESSION_CLARIFICATION_TAKEN_BACK),
    ("decision_approved", BidsEvent.BID_APPROVED),
    ("decision_declined", BidsEvent.BID_DECLINED),
    ("expression_declined", BidsEvent.EXPRESSION_DECLINED),
    ("expression_merged", BidsEvent.EXPRESSION_MERGED),
    ("expression_received", BidsEvent.EXPRESSION_SUBMITTED),
    ("expression_taken_forward", BidsEvent.EXPRESSION_TAKEN_FORWARD),
    ("offer_redated", FundingEvent.AWARD_OFFER_REDATED),
    ("reconsideration_overturned", BidsEvent.BID_RECONSIDERED),
    ("reconsideration_overturned", BidsEvent.EXPRESSION_RECONSIDERED),
    ("reconsideration_received", BidsEvent.BID_RECONSIDERATION_ASKED),
    ("reconsideration_received", BidsEvent.EXPRESSION_RECONSIDERATION_ASKED),
    ("reconsideration_upheld", BidsEvent.BID_UPHELD),
    ("reconsideration_upheld", BidsEvent.EXPRESSION_UPHELD),
    ("message_to_applicant", BidsEvent.EXPRESSION_MESSAGE_SENT),
    ("monitoring_asked", FundingEvent.MONITORING_ASKED),
    ("monitoring_asked_of_colleagues", FundingEvent.MONITORING_ASKED),
    ("partner_confirmed", BidsEvent.EXPRESSION_PARTNER_CONFIRMED),
    ("partner_corrected", BidsEvent.EXPRESSION_PARTNER_CORRECTED),
    ("partner_merged", BidsEvent.EXPRESSION_PARTNER_MERGED),
    ("payment_recovered", FundingEvent.PAYMENT_RECOVERED),
    ("payment_refused", FundingEvent.PAYMENT_REFUSED),
    ("payment_released", FundingEvent.PAYMENT_RELEASED),
    ("signature_asked", BidsEvent.EXPRESSION_SIGNATURE_ASKED),
    ("signature_asked", BidsEvent.BID_SIGNATURE_ASKED),
    ("signature_declined", BidsEvent.EXPRESSION_SIGNATURE_DECLINED),
    ("signature_declined", BidsEvent.BID_SIGNATURE_DECLINED),
    ("signature_given", BidsEvent.EXPRESSION_SIGNED),
    ("signature_given", BidsEvent.BID_SIGNED),
    ("signature_request_ended", BidsEvent.EXPRESSION_SIGNATURE_TAKEN_BACK),
    ("signature_request_ended", BidsEvent.BID_SIGNATURE_TAKEN_BACK),
    ("variation_answered", FundingEvent.VARIATION_AGREED),
    ("variation_answered", FundingEvent.VARIATION_REFUSED),
]
# What a colleague asks for records no event, and the service reminds of what is open.
# The history of a round is on no page.
ABOUT_NO_EVENT_OF_A_CASE = {
    "grant_act_asked",
    "late_entry_given",
    "reminder_draft",
    "reminder_question",
    "reminder_report",
    "reminder_signature",
    "round_closing_moved",
    "withdrawal_asked",
}
APPLICANTS_PAGES = ("{{ base_url }}/apply/", "{{ base_url }}/grants/")


def letters_to_applicants() -> set[str]:
    return {
        template.stem
        for template in Path("templates/notifications/letters").glob("*.txt")
        if any(page in template.read_text() for page in APPLICANTS_PAGES)
    }


def test_each_letter_to_applicants_is_listed_with_its_event() -> None:
    with_event = {kind for kind, _ in EVENTS_OF_LETTERS}
    assert letters_to_applicants() == with_event | ABOUT_NO_EVENT_OF_A_CASE
    assert with_event.isdisjoint(ABOUT_NO_EVENT_OF_A_CASE)


@pytest.mark.parametrize(("kind", "event"), EVENTS_OF_LETTERS)
def test_applicants_read_of_the_event_in_the_history_too(
    kind: str, event: EventName
) -> None:
    assert presenters.sentences.get((Audience.APPLICANT, event)) is not None, (
        f"{kind} tells applicants of {event}, which their history does not show"
    )
