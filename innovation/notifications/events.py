"""The events of letters."""

from innovation.audit.event_names import EventName


class NotificationsEvent(EventName):
    LETTER_SENT_AGAIN = "letter.sent_again"
