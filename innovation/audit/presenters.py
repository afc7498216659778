"""Turns events into sentences and stages into words, for each audience.

Each app registers what its events and stages mean (`wording.py`); what is not
registered for an audience is not told to it. The log itself holds references only:
people get their names here, when somebody reads.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from innovation.audit.event_names import EventName
from innovation.audit.events import SERVICE
from innovation.audit.models import Chain, Event
from innovation.core.clock import london_day
from innovation.core.formatting import format_date

Names = Callable[[Collection[str]], Mapping[str, str]]
"""From actors' references to what this reader calls them."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Audience(StrEnum):
    APPLICANT = "applicant"
    DEPARTMENT = "department"
    BOARD_OFFICE = "board_office"
    """Of the department, those who also read the Board's papers."""
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
    """What an event is called: `"{actor} sent the bid"`. An audience that has None is
    not told of it.

    Besides `{actor}` a sentence may use the keys of the event's data. Of what happens
    again and again, such as a draft being saved, a timeline tells the last of a day.
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
    """Say what events are called, to the department and to the applicant."""
    for event, words in events.items():
        _WORDED.add(event)
        if words.grouped_by_day:
            _GROUPED_BY_DAY.add(event)
        if words.department is not None:
            _SENTENCES[Audience.DEPARTMENT][event] = words.department
        if words.applicant is not None:
            _SENTENCES[Audience.APPLICANT][event] = words.applicant


def register_sentences(audience: Audience, events: Mapping[EventName, str]) -> None:
    """Tell one of the Board's audiences of events. It is told of no others."""
    for event, sentence in events.items():
        _WORDED.add(event)
        _SENTENCES[audience][event] = sentence


def register_silence(events: Iterable[EventName]) -> None:
    """Say that nobody is told of these, so that no event goes unworded by oversight."""
    _SILENT.update(events)


def worded_events() -> Set[str]:
    return _WORDED


def silent_events() -> Set[str]:
    return _SILENT


def register_stage(
    stage: str,
    colour: str,
    department: str,
    **others: str | tuple[str, str],
) -> None:
    """Register the words for a stage such as `bid.at_board`, by audience; who is not
    named reads the department's. Words may bring a colour of their own, where the
    stage's would tell more than they do.
    """
    tags: dict[Audience, tuple[str, str]] = {}
    for audience in Audience:
        said = others.get(audience, department)
        tags[audience] = (said, colour) if isinstance(said, str) else said
    _STAGES[stage] = Stage(tags)


def stage_tag(stage: str, audience: Audience) -> tuple[str, str]:
    """Words and colour for `{% state_tag %}`."""
    known = _STAGES.get(stage)
    if known is None:
        return stage.partition(".")[2].replace("_", " ").capitalize(), "grey"
    return known.tags[audience]


def stages() -> Mapping[str, Stage]:
    return _STAGES


def timeline(
    chain: Chain, audiences: Iterable[Audience], names: Names, *, newest: int = 100
) -> list[Entry]:
    """What happened, newest first, told to somebody of each of these audiences; at most
    `newest` entries, in one query and whatever `names` needs.
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
    known = {SERVICE.key: "The service", **names(people - {SERVICE.key})}
    entries = [_entry(event, sentences[event.name], known) for event in events]
    return [next(run) for _, run in groupby(entries, _grouping_key)]


def _grouping_key(entry: Entry) -> object:
    """Entries that follow one another and have this in common are told as one."""
    if entry.name not in _GROUPED_BY_DAY:
        return object()
    return entry.name, entry.title, entry.subject, london_day(entry.at)


def _entry(event: Event, sentence: str, names: Mapping[str, str]) -> Entry:
    actor = names.get(event.actor, "Somebody")
    said = {
        key: names.get(value) or _format_fact(value)
        if isinstance(value, str)
        else value
        for key, value in event.data.items()
    }
    return Entry(
        name=event.name,
        title=sentence.format_map(_EventFacts(said | {"actor": actor})),
        at=event.at,
        actor=actor,
        subject=event.subject,
    )


def _format_fact(fact: str) -> str:
    """A day as people write it; anything else as it is."""
    return format_date(date.fromisoformat(fact)) if _DAY.fullmatch(fact) else fact


class _EventFacts(dict[str, object]):
    """Older events may lack a fact that a newer sentence speaks of."""

    def __missing__(self, key: str) -> str:
        return "…"


def _people(data: Mapping[str, object]) -> list[str]:
    return [v for v in data.values() if isinstance(v, str) and v.startswith("USR-")]
