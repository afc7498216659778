"""The names of events: one enumeration for each app."""

from enum import StrEnum


class EventName(StrEnum):
    """The base of every app's enumeration, in its `events.py`.

    Values never change, because the log is never rewritten. `wording.py` has the words
    for each event, or says that an audience is not shown it.
    """


class LogEvent(EventName):
    """Events about the log itself."""

    LOG_COUNTED = "log.counted"
