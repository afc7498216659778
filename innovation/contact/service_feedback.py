"""Receives feedback on the service, and records that it was dealt with."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from innovation.accounts.models import User
from innovation.accounts.permissions import (
    Visitor,
    has_permission,
    require_permission,
)
from innovation.accounts.roles import Permission
from innovation.contact.models import ServiceFeedback
from innovation.core import limits, quotas
from innovation.core.errors import TooLate

EVERYBODY = "everybody"


def feedback_for(user: Visitor) -> QuerySet[ServiceFeedback]:
    """All of it, for those who read it."""
    if not has_permission(user, Permission.READ_FEEDBACK):
        return ServiceFeedback.objects.none()
    return ServiceFeedback.objects.select_related("settled_by")


def open_feedback_for(user: Visitor) -> QuerySet[ServiceFeedback]:
    return feedback_for(user).filter(settled_at=None)


@transaction.atomic
def give(*, text: str, email: str, page: str, at: datetime) -> ServiceFeedback:
    """Store it. Anybody may give feedback, so all senders together have a limit too."""
    quotas.consume(
        "service feedback",
        EVERYBODY,
        limit=limits.SERVICE_FEEDBACK_IN_ALL,
        window=limits.SERVICE_FEEDBACK_WINDOW,
        at=at,
        refusal="We are receiving too much feedback, so we have not kept yours.",
    )
    return ServiceFeedback.objects.create(text=text, email=email, page=page, sent_at=at)


@transaction.atomic
def settle(feedback: ServiceFeedback, *, by: User, at: datetime) -> None:
    """Record that somebody has dealt with it."""
    require_permission(by, Permission.READ_FEEDBACK)
    locked = ServiceFeedback.objects.select_for_update().get(pk=feedback.pk)
    if locked.settled_at is not None:
        raise TooLate("Somebody has already dealt with this feedback.")
    locked.settled_at, locked.settled_by = at, by
    locked.save(update_fields=["settled_at", "settled_by"])
