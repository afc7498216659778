"""The events of registers."""

from innovation.audit.event_names import EventName


class RegistersEvent(EventName):
    ADDED = "register.added"
    CHANGED = "register.changed"
