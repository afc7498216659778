"""The events of organisations, and of published data that was loaded."""

from innovation.audit.event_names import EventName


class OrganisationsEvent(EventName):
    ORGANISATION_NUMBERED = "organisation.numbered"
    ORGANISATION_REGISTERED = "organisation.registered"
    REFERENCE_LOADED = "reference.loaded"
