"""The events of organisations, and of published data that was loaded."""

from innovation.audit.event_names import EventName


class OrganisationsEvent(EventName):
    ORGANISATION_ADDED = "organisation.added"
    ORGANISATION_CONFIRMED = "organisation.confirmed"
    ORGANISATION_CORRECTED = "organisation.corrected"
    ORGANISATION_MERGED = "organisation.merged"
    ORGANISATION_NAMED = "organisation.named"
    ORGANISATION_NUMBERED = "organisation.numbered"
    ORGANISATION_REGISTERED = "organisation.registered"
    REFERENCE_LOADED = "reference.loaded"
