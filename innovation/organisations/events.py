"""The events of organisations, of facts about councils, and of loaded data."""

from innovation.audit.event_names import EventName


class OrganisationsEvent(EventName):
    COUNCIL_FACT_ADDED = "council_fact.added"
    COUNCIL_FACT_ENDED = "council_fact.ended"
    COUNCIL_FACT_WITHDRAWN = "council_fact.withdrawn"
    ORGANISATION_ADDED = "organisation.added"
    ORGANISATION_CONFIRMED = "organisation.confirmed"
    ORGANISATION_CORRECTED = "organisation.corrected"
    ORGANISATION_MERGED = "organisation.merged"
    ORGANISATION_NAMED = "organisation.named"
    ORGANISATION_NUMBERED = "organisation.numbered"
    ORGANISATION_REGISTERED = "organisation.registered"
    REFERENCE_LOADED = "reference.loaded"
