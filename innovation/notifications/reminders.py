"""Reminders before a deadline: letters with a calendar file, a week and a day before.

Apps register what has deadlines. A job looks for those whose time to remind has come,
and queues the letters that do not exist yet: each has a name of its own, which the
database takes once, whichever worker asks and however often. Just before a letter is
sent, the deadline is looked up again, so that nobody is reminded of what is done.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core.clock import LONDON, london_day
from innovation.core.formatting import format_deadline, format_utc
from innovation.core.registry import Registry
from innovation.notifications import calendar_files, letters
from innovation.notifications.calendar_files import CalendarEntry
from innovation.notifications.models import ONE_LETTER, Letter

DAYS_BEFORE = (7, 1)
HOUR = 9
"""In London, when people read their letters."""
_LONGEST = timedelta(days=max(DAYS_BEFORE) + 1)
_NAMES_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something that people still have to do, and by when.

    `reference` is that of the thing that has the deadline, which stays if it moves, and
    `subject` that of the case. People have known of the deadline since `known_since`:
    they are not reminded for a time before.
    """

    reference: str
    subject: str
    chain: Chain
    entry: CalendarEntry
    known_since: datetime
    people: Sequence[User]
    facts: Mapping[str, object]

    @property
    def due_at(self) -> datetime:
        return self.entry.due_at


Find = Callable[[datetime, datetime, str], Sequence[Deadline]]
"""The deadlines after a moment and up to another, with the people who have yet to do
it; only that of the reference, if that is not empty.
"""


@dataclass(frozen=True, slots=True)
class ReminderType:
    """What people are reminded of. `name` is the kind of the letter."""

    name: str
    find: Find


types: Registry[ReminderType] = Registry(key=lambda type: type.name)


def register(type: ReminderType) -> None:
    types.register(type)
    letters.need_rules.register(letters.NeedRule(type.name, _is_needed))


def reminder_time(due_at: datetime, days: int) -> datetime:
    """The time to remind: so many days before in London, whenever the clocks change."""
    day = london_day(due_at) - timedelta(days=days)
    return datetime(day.year, day.month, day.day, HOUR, tzinfo=LONDON)


def queue_due(*, at: datetime) -> int:
    """Queue the letters that are due and not queued yet. Return how many."""
    return sum(
        _queue(name, type, deadline, at=at)
        for type in types
        for name, deadline in _to_queue(type, at)
    )


def _to_queue(type: ReminderType, at: datetime) -> Iterator[tuple[str, Deadline]]:
    """The deadlines of which somebody is to be reminded now, without the people who
    have had that letter or want none, each with the name of the letter.
    """
    due = [
        (_letter_name(type, deadline, days), deadline)
        for deadline in type.find(at, at + _LONGEST, "")
        if (days := _days_to_remind_of(deadline, at))
    ]
    queued = _queued_names(
        [
            letters.deduplication_key(name, person)
            for name, one in due
            for person in one.people
        ]
    )
    for name, deadline in due:
        people = [
            person
            for person in deadline.people
            if person.wants_reminders
            and letters.deduplication_key(name, person) not in queued
        ]
        if people:
            yield name, replace(deadline, people=people)


def _days_to_remind_of(deadline: Deadline, at: datetime) -> int | None:
    """Which reminder it is time for; `None` if people learned of the deadline later."""
    for days in sorted(DAYS_BEFORE):
        time = reminder_time(deadline.due_at, days)
        if at >= time:
            return days if deadline.known_since <= time else None
    return None


def _letter_name(type: ReminderType, deadline: Deadline, days: int) -> str:
    due_at = format_utc(deadline.due_at)
    return f"{type.name} {deadline.reference} {due_at} {days}"


def _queued_names(names: Sequence[str]) -> set[str]:
    queued: set[str] = set()
    for start in range(0, len(names), _NAMES_AT_ONCE):
        some = Letter.objects.filter(
            deduplication_key__in=names[start : start + _NAMES_AT_ONCE]
        )
        queued.update(some.values_list("deduplication_key", flat=True))
    return queued


def _queue(name: str, type: ReminderType, deadline: Deadline, *, at: datetime) -> int:
    facts = {
        **deadline.facts,
        **deadline.entry.fact(),
        "deadline": format_deadline(deadline.due_at),
        "reference": deadline.reference,
    }
    try:
        with transaction.atomic():
            queued = letters.queue(
                type.name,
                to=deadline.people,
                chain=deadline.chain,
                subject=deadline.subject,
                at=at,
                facts=facts,
                letter_name=name,
            )
    except IntegrityError as error:
        # Another worker queues them at this moment.
        if ONE_LETTER not in str(error):
            raise
        return 0
    return len(queued)


def _is_needed(letter: Letter, at: datetime) -> bool:
    """Whether the recipient still has to do it, by the same time, and wants to hear."""
    entry = calendar_files.entry_of(letter)
    if entry is None or at >= entry.due_at:
        return False
    found = types[letter.kind].find(at, entry.due_at, letter.facts["reference"])
    return any(
        person.pk == letter.recipient_id and person.wants_reminders
        for deadline in found
        if deadline.due_at == entry.due_at
        for person in deadline.people
    )
