"""The events of the files of a case."""

from innovation.audit.event_names import EventName


class DocumentsEvent(EventName):
    DOCUMENT_ADDED = "document.added"
    DOCUMENT_FOUND_CLEAN = "document.found_clean"
    DOCUMENT_FOUND_INFECTED = "document.found_infected"
    DOCUMENT_REFUSED = "document.refused"
    DOCUMENT_REMOVED = "document.removed"
