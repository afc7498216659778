"""Feedback on the service, as people might send it."""

from datetime import datetime, timedelta

from innovation.contact import service_feedback
from innovation.contact.models import ServiceFeedback

_FEEDBACK = (
    (
        "I could not find the closing date of the round on my phone.",
        "",
        "/rounds/…",
        2,
    ),
    (
        "Please let us paste the costs from a spreadsheet.",
        "asha.rahman@example.org",
        "/apply/bids/…/sections/…",
        9,
    ),
    ("Saving as I type is a great help. Thank you.", "", "/home", 20),
)


def load(*, at: datetime) -> bool:
    """Create it; `False` if there is feedback already."""
    if ServiceFeedback.objects.exists():
        return False
    for text, email, page, days in _FEEDBACK:
        service_feedback.give(
            text=text, email=email, page=page, at=at - timedelta(days=days)
        )
    return True
