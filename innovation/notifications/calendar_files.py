"""Calendar files (RFC 5545) of the deadlines that letters name.

A deadline keeps its UID, so that a later file moves it in the calendar of somebody who
has added an earlier one. The file is made of what is stored with the letter.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress
from icalendar.enums import TRANSP

from innovation.core.formatting import format_deadline
from innovation.notifications.models import Letter, LetterFile

FACT = "calendar"
NAME = "deadline.ics"
_FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""From which a later file is told: seconds since then are whole numbers until 2068."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A deadline as letters keep it. `reference` tells it from all others, and stays
    when it moves; `path` is the page on which people meet it.
    """

    reference: str
    summary: str
    path: str
    due_at: datetime

    def fact(self) -> dict[str, object]:
        return {FACT: {**asdict(self), "due_at": self.due_at.isoformat()}}

    @classmethod
    def read(cls, fact: dict[str, Any]) -> Self:
        return cls(**{**fact, "due_at": datetime.fromisoformat(fact["due_at"])})


def entry_of(letter: Letter) -> CalendarEntry | None:
    fact = letter.facts.get(FACT)
    return CalendarEntry.read(fact) if fact else None


def calendar_file(entry: CalendarEntry, letter: Letter) -> LetterFile:
    """The file of a letter: the same each time, and newer than that of a letter queued
    a second before.
    """
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    address = f"{settings.BASE_URL}{entry.path}"
    queued_at = letter.put_at.astimezone(UTC).replace(microsecond=0)
    organizer = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    organizer.params["CN"] = settings.SERVICE_NAME
    event = Event.new(
        uid=f"{entry.reference}@{host}",
        stamp=queued_at,
        last_modified=queued_at,
        sequence=int((queued_at - _FIRST_MOMENT).total_seconds()),
        start=entry.due_at.astimezone(UTC).replace(microsecond=0),
        summary=entry.summary,
        description=f"By {format_deadline(entry.due_at)}\n\n{address}",
        url=address,
        organizer=organizer,
        transparency=TRANSP.TRANSPARENT,
    )
    # `Calendar.new` would give each file an identifier of its own.
    calendar = Calendar()
    calendar.add("PRODID", f"-//{settings.SERVICE_NAME}//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add_component(event)
    return LetterFile(NAME, "text/calendar", calendar.to_ical().decode())
