"""Deletes old feedback on the service."""

from datetime import datetime

from innovation.contact.models import ServiceFeedback
from innovation.core import limits
from innovation.core.expiry import Rule, rules


def _delete_feedback(at: datetime) -> None:
    """Delete it even if nobody has dealt with it: the privacy page gives the time."""
    oldest = at - limits.SERVICE_FEEDBACK_LIFE
    ServiceFeedback.objects.filter(sent_at__lt=oldest).delete()


def register() -> None:
    rules.register(Rule("contact_servicefeedback", _delete_feedback))
