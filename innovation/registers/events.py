"""The events of registers. Their values stand in the log and never change."""

from innovation.audit.event_names import EventName


class RegistersEvent(EventName):
    ADDED = "register.added"
    CHANGED = "register.changed"
