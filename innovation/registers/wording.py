"""The words for the events of registers."""

from innovation.audit.event_names import EventName
from innovation.audit.presenters import Wording, sentences, sentences_of
from innovation.registers.events import RegistersEvent

EVENTS: dict[EventName, Wording] = {
    RegistersEvent.ADDED: Wording(department="{actor} added this", applicant=None),
    RegistersEvent.CHANGED: Wording(
        department="{actor} changed this: {fields}", applicant=None
    ),
}


def register() -> None:
    sentences.register(*sentences_of(EVENTS))
