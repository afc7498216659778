"""Turns events into sentences and stages into words, for each audience.

Each app registers the words for its events and stages (`wording.py`). An audience is
not shown an event that has no words for it. The log only has keys of people; their
names are added here.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from innovation.audit.event_names import EventName
from innovation.audit.events import SERVICE
from innovation.audit.models import Chain, Event
from innovation.core.clock import london_day
from innovation.core.formatting import format_date

Names = Callable[[Collection[str]], Mapping[str, str]]
"""Maps keys of actors to their names, as this user may see them."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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


@dataclass(frozen=True, slots=True)
class Stage:
    tags: Mapping[Audience, tuple[str, str]]


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


_SENTENCES: dict[Audience, dict[str, str]] = {audience: {} for audience in Audience}
_WORDED: set[str] = set()
_SILENT: set[str] = set()
_GROUPED_BY_DAY: set[str] = set()
_STAGES: dict[str, Stage] = {}


def register_wording(events: Mapping[EventName, Wording]) -> None:
    """Register the sentences for the department and the applicant."""
    for event, words in events.items():
        _WORDED.add(event)
        if words.grouped_by_day:
            _GROUPED_BY_DAY.add(event)
        if words.department is not None:
            _SENTENCES[Audience.DEPARTMENT][event] = words.department
        if words.applicant is not None:
            _SENTENCES[Audience.APPLICANT][event] = words.applicant


def register_sentences(audience: Audience, events: Mapping[EventName, str]) -> None:
    """Register the sentences for an audience of the Board. It is shown no others."""
    for event, sentence in events.items():
        _WORDED.add(event)
        _SENTENCES[audience][event] = sentence


def register_silence(events: Iterable[EventName]) -> None:
    """Register that nobody is shown these events. A test finds events with neither."""
    _SILENT.update(events)


def worded_events() -> Set[str]:
    return _WORDED


def silent_events() -> Set[str]:
    return _SILENT


def register_stage(
    stage: str,
    colour: str,
    department: str,
    **words_by_audience: str | tuple[str, str],
) -> None:
    """Register the words for a stage such as `bid.at_board`, by audience; others see
    the department's. Words can have a colour of their own, if the stage's colour would
    give away more than they do.
    """
    tags: dict[Audience, tuple[str, str]] = {}
    for audience in Audience:
        words = words_by_audience.get(audience, department)
        tags[audience] = (words, colour) if isinstance(words, str) else words
    _STAGES[stage] = Stage(tags)


def stage_tag(stage: str, audience: Audience) -> tuple[str, str]:
    """Words and colour for `{% state_tag %}`."""
    stage_words = _STAGES.get(stage)
    if stage_words is None:
        return stage.partition(".")[2].replace("_", " ").capitalize(), "grey"
    return stage_words.tags[audience]


def stages() -> Mapping[str, Stage]:
    return _STAGES


def timeline(
    chain: Chain, audiences: Iterable[Audience], names: Names, *, newest: int = 100
) -> list[Entry]:
    """The events that these audiences may see, newest first; at most `newest` entries.
    It takes one query, and those of `names`.
    """
    sentences = {
        event: sentence
        for audience in audiences
        for event, sentence in _SENTENCES[audience].items()
    }
    events = list(
        Event.objects.filter(chain=chain, name__in=sentences).order_by("-seq")[:newest]
    )
    people = {event.actor for event in events} | {
        value for event in events for value in _people(event.data)
    }
    names_by_key = {SERVICE.key: "The service", **names(people - {SERVICE.key})}
    entries = [_entry(event, sentences[event.name], names_by_key) for event in events]
    return [next(run) for _, run in groupby(entries, _grouping_key)]


def _grouping_key(entry: Entry) -> object:
    """Neighbouring entries with the same key are shown as one."""
    if entry.name not in _GROUPED_BY_DAY:
        return object()
    return entry.name, entry.title, entry.subject, london_day(entry.at)


def _entry(event: Event, sentence: str, names: Mapping[str, str]) -> Entry:
    actor = names.get(event.actor, "Somebody")
    values = {
        key: names.get(value) or _format_fact(value)
        if isinstance(value, str)
        else value
        for key, value in event.data.items()
    }
    return Entry(
        name=event.name,
        title=sentence.format_map(_EventFacts(values | {"actor": actor})),
        at=event.at,
        actor=actor,
        subject=event.subject,
    )


def _format_fact(fact: str) -> str:
    """A date in words; anything else as it is."""
    return format_date(date.fromisoformat(fact)) if _DAY.fullmatch(fact) else fact


class _EventFacts(dict[str, Any]):
    """Older events may lack data that a newer sentence uses."""

    def __missing__(self, key: str) -> str:
        return "…"


def _people(data: Mapping[str, object]) -> list[str]:
    return [v for v in data.values() if isinstance(v, str) and v.startswith("USR-")]
