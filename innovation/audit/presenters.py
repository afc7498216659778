"""Turns events into sentences and stages into words, for each audience.

Each app registers the words for its events and stages (`wording.py`). An audience sees
only the events that are registered for it. The log itself has references only; people
get their names here, when somebody reads it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from django.db.models import QuerySet

from innovation.audit.event_names import EventName
from innovation.audit.events import SERVICE
from innovation.audit.models import Chain, Event
from innovation.core import statements
from innovation.core.clock import london_day
from innovation.core.formatting import format_date, format_deadline
from innovation.core.registry import Registry

Names = Callable[[Collection[str]], Mapping[str, str]]
"""Maps keys of actors to their names, as this user may see them."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
DEADLINES = ("due_on", "reply_by")
"""The facts that are the last day to do something."""


class Audience(StrEnum):
    APPLICANT = "applicant"
    DEPARTMENT = "department"
    BOARD_OFFICE = "board_office"
    """Users in the department who also read the Board's papers."""
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline."""

    name: str
    title: str
    at: datetime
    actor: str
    subject: str
    href: str = ""
    """The page of its subject, where a page links to it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage such as `bid.at_board`, with its words and colour for each audience."""

    name: str
    tags: Mapping[Audience, tuple[str, str]]

    @classmethod
    def of(
        cls, name: str, colour: str, department: str, **others: str | tuple[str, str]
    ) -> "Stage":
        """Words by audience; other audiences read those of the department. Words may
        have a colour of their own, if the colour of the stage would reveal too much.
        """
        tags: dict[Audience, tuple[str, str]] = {}
        for audience in Audience:
            words = others.get(audience, department)
            tags[audience] = (words, colour) if isinstance(words, str) else words
        return cls(name, tags)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one audience reads about an event."""

    event: EventName
    audience: Audience
    text: str
    grouped_by_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The sentences for an event: `"{actor} sent the bid"`. An audience with `None` is
    not shown it.

    Besides `{actor}` a sentence may use the keys of the event's data. Of events that
    are repeated, such as saving a draft, a timeline shows the last one of each day.
    """

    department: str | None
    applicant: str | None
    grouped_by_day: bool = False

    @classmethod
    def alike(cls, sentence: str) -> "Wording":
        return cls(department=sentence, applicant=sentence)


@dataclass(frozen=True, slots=True)
class FactLabels:
    """How sentences show the values of a fact, such as the titles of roles."""

    fact: str
    labels: Mapping[str, str]


sentences: Registry[Sentence] = Registry(
    key=lambda sentence: (sentence.audience, sentence.event)
)
silent_events: Registry[EventName] = Registry()
"""Events that no timeline shows. A test finds those without words that are not here."""
stages: Registry[Stage] = Registry(key=lambda stage: stage.name)
fact_labels: Registry[FactLabels] = Registry(key=lambda labels: labels.fact)


def sentences_of(events: Mapping[EventName, Wording]) -> Iterator[Sentence]:
    """The sentences of these events for the department and the applicant."""
    for event, words in events.items():
        for audience, text in (
            (Audience.DEPARTMENT, words.department),
            (Audience.APPLICANT, words.applicant),
        ):
            if text is not None:
                yield Sentence(event, audience, text, words.grouped_by_day)


def sentences_for(
    audience: Audience, events: Mapping[EventName, str]
) -> Iterator[Sentence]:
    """The sentences for one of the Board's audiences, which sees no other events."""
    return (Sentence(event, audience, text) for event, text in events.items())


def stage_tag(stage: str, audience: Audience) -> tuple[str, str]:
    """Words and colour for `{% state_tag %}`."""
    known = stages.get(stage)
    if known is None:
        return stage.partition(".")[2].replace("_", " ").capitalize(), "grey"
    return known.tags[audience]


def timeline(
    chain: Chain, audiences: Iterable[Audience], names: Names, *, newest: int = 100
) -> list[Entry]:
    """The events that these audiences may see, newest first; at most `newest` entries.
    It takes one query, and those of `names`.
    """
    sentence_by_name = {
        sentence.event.value: sentence
        for audience in audiences
        for sentence in sentences
        if sentence.audience == audience
    }
    variant = tuple(sentence_by_name), newest
    events = statements.fetch(_newest_events, chain.pk, variant=variant)
    people = {event.actor for event in events} | {
        value for event in events for value in _people(event.data)
    }
    known = {SERVICE.key: "The service", **names(people - {SERVICE.key})}
    entries = [
        _entry(event, sentence_by_name[event.name].text, known) for event in events
    ]
    groups = groupby(
        entries, lambda entry: _grouping_key(entry, sentence_by_name[entry.name])
    )
    return [next(group) for _, group in groups]


def _newest_events(names: tuple[str, ...], number: int, chain: int) -> QuerySet[Event]:
    rows = Event.objects.filter(chain=chain, name__in=names)
    return rows.order_by("-seq")[:number]


def _grouping_key(entry: Entry, sentence: Sentence) -> object:
    """Of successive entries with the same key only the newest is shown."""
    if not sentence.grouped_by_day:
        return object()
    return entry.name, entry.title, entry.subject, london_day(entry.at)


def _entry(event: Event, sentence: str, names: Mapping[str, str]) -> Entry:
    actor = names.get(event.actor, "Somebody")
    values = {
        fact: names.get(value) or _format_fact(fact, value)
        if isinstance(value, str)
        else value
        for fact, value in event.data.items()
    }
    return Entry(
        name=event.name,
        title=sentence.format_map(_EventFacts(values | {"actor": actor})),
        at=event.at,
        actor=actor,
        subject=event.subject,
    )


def _format_fact(fact: str, value: str) -> str:
    """Its label if it has one; a date in words; anything else as it is."""
    known = fact_labels.get(fact)
    if known is not None:
        return known.labels.get(value, value)
    if not _DAY.fullmatch(value):
        return value
    day = date.fromisoformat(value)
    return format_deadline(day) if fact in DEADLINES else format_date(day)


class _EventFacts(dict[str, object]):
    """Older events may lack a fact that a newer sentence uses."""

    def __missing__(self, key: str) -> str:
        return "…"


def _people(data: Mapping[str, object]) -> list[str]:
    return [v for v in data.values() if isinstance(v, str) and v.startswith("USR-")]
