"""What each event of a fact about a council says in its history, which staff read.

No page shows the history of an organisation.
"""

from innovation.audit.event_names import EventName
from innovation.audit.presenters import Wording, sentences, sentences_of, silent_events
from innovation.organisations.events import OrganisationsEvent as Event

SENTENCES: dict[EventName, str] = {
    Event.COUNCIL_FACT_ADDED: "{actor} added this fact",
    Event.COUNCIL_FACT_ENDED: "{actor} recorded when it ended",
    Event.COUNCIL_FACT_WITHDRAWN: "{actor} withdrew this fact",
}


def register() -> None:
    sentences.register(
        *sentences_of(
            {
                event: Wording(department=sentence, applicant=None)
                for event, sentence in SENTENCES.items()
            }
        )
    )
    silent_events.register(*(event for event in Event if event not in SENTENCES))
