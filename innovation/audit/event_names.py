"""The names that events are recorded under: one enumeration for each app."""

from enum import StrEnum


class EventName(StrEnum):
    """The base of every app's enumeration, in its `events.py`.

    A value is for good, because the log is never rewritten. `wording.py` says what each
    event is called, or that an audience is not told of it.
    """


class LogEvent(EventName):
    """What the log records of itself."""

    LOG_COUNTED = "log.counted"
