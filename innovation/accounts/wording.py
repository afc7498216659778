"""What each event of a person says in their history, which administrators read."""

from innovation.accounts.events import AccountsEvent as Event
from innovation.accounts.roles import ROLES
from innovation.audit.event_names import EventName
from innovation.audit.presenters import (
    FactLabels,
    Wording,
    fact_labels,
    sentences,
    sentences_of,
    silent_events,
)

SENTENCES: dict[EventName, str] = {
    Event.PERSON_ADDED: "{actor} added this person",
    Event.PERSON_JOINED: "{actor} created the account",
    Event.PERSON_RENAMED: "{actor} changed the name",
    Event.PERSON_EMAIL_CHANGED: "{actor} changed the email address",
    Event.PERSON_REMINDERS_CHANGED: "{actor} turned reminders {reminders}",
    Event.PERSON_SIGNED_OUT: "{actor} ended all sessions of the account",
    Event.PERSON_DEACTIVATED: "{actor} closed the account",
    Event.PERSON_REACTIVATED: "{actor} opened the account again",
    Event.PERSON_ROLE_REQUESTED: "{actor} asked to {change} the role “{role}”",
    Event.PERSON_ROLE_CONFIRMED: (
        "{actor} confirmed the request to {change} the role “{role}”"
    ),
    Event.PERSON_ROLE_REFUSED: (
        "{actor} refused the request to {change} the role “{role}”"
    ),
    Event.PERSON_ROLE_TAKEN_BACK: (
        "{actor} took back the request to {change} the role “{role}”"
    ),
    Event.PERSON_ROLE_PLANNED: "{actor} gave the role “{role}” from a later date",
    Event.PERSON_ROLE_PLAN_DROPPED: (
        "{actor} cancelled the role “{role}” before it started"
    ),
    Event.PERSON_ROLE_GIVEN: "{actor} gave the role “{role}”",
    Event.PERSON_ROLE_TAKEN: "{actor} took away the role “{role}”",
    Event.PERSON_ROLE_ENDED: "The role “{role}” ended",
    Event.TEXT_WARNED: "{actor} was warned that a text could identify a child",
    Event.TEXT_CONFIRMED: "{actor} confirmed that a text does not identify a child",
    Event.TOKEN_MADE: "{actor} created an API token",
    Event.TOKEN_REVOKED: "{actor} revoked an API token",
}
SILENT: tuple[EventName, ...] = (
    # The account is gone, and its page with it.
    Event.PERSON_FORGOTTEN,
    # These are in the history of an organisation, which no page shows.
    Event.MEMBERSHIP_ASKED,
    Event.MEMBERSHIP_CHANGED,
    Event.MEMBERSHIP_CONFIRMED,
    Event.MEMBERSHIP_INVITED,
    Event.MEMBERSHIP_REFUSED,
    Event.MEMBERSHIP_REMOVED,
    Event.INVITATION_ACCEPTED,
    Event.INVITATION_DECLINED,
    Event.INVITATION_REMINDED,
    Event.INVITATION_SENT,
    Event.INVITATION_TAKEN_BACK,
)
LABELS = (
    FactLabels("role", {name: role.title for name, role in ROLES.items()}),
    FactLabels("change", {"give": "give", "take": "take away"}),
)


def register() -> None:
    sentences.register(
        *sentences_of(
            {
                event: Wording(department=sentence, applicant=None)
                for event, sentence in SENTENCES.items()
            }
        )
    )
    silent_events.register(*SILENT)
    fact_labels.register(*LABELS)
