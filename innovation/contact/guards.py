"""Feedback on the service is not evidence: no decision rests on it."""

from innovation.contact.models import ServiceFeedback

GUARDS = ()
EXCUSED = {
    ServiceFeedback: "what somebody said of the service, which is deleted after a year"
}
