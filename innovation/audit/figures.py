"""As-at figures, read from the tallies of the event log, and what revised them.

A figure is revised if what it said of a past day was changed later. The tallies say so
themselves: what a revision of 3 March 2027 changed of `expressions` is tallied as
`expressions@2027-03-03`, by events on the days whose figure it changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection, transaction

from innovation.audit import events
from innovation.audit.event_names import EventName
from innovation.core import clock

Changes = Mapping[tuple[str, str, date], int]
"""What is added to a figure, or to a member of a distinct count, on a day. The member
of a plain count is empty.
"""
_REVISED = "@"

_AS_AT = """
    SELECT figure,
           coalesce(sum(total) FILTER (WHERE member = ''), 0)
             + count(*) FILTER (WHERE member <> '' AND total > 0)
    FROM (SELECT figure, member, sum(change) AS total
          FROM audit_tally WHERE day <= %s GROUP BY figure, member) AS tallied
    GROUP BY figure
"""
_MEMBERS = """
    SELECT member FROM audit_tally
    WHERE figure = %s AND day <= %s AND member <> ''
    GROUP BY member HAVING sum(change) > 0 ORDER BY member
"""
_BY_DAY = """
    SELECT day, figure, member, sum(change) FROM audit_tally
    WHERE figure = ANY(%s) GROUP BY day, figure, member ORDER BY day
"""


@dataclass(frozen=True, slots=True)
class Revision:
    """What was later changed of a figure, by everything that was revised on a day."""

    figure: str
    revised_on: date
    change: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure at the end of a day, as it is known now, and the revisions of it."""

    values: dict[str, int]
    revisions: list[Revision]


@dataclass(frozen=True, slots=True)
class Step:
    """From this day until the next step a figure changes by `change`. `before` and
    `after` are its values at the end of the day.
    """

    day: date
    figure: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures before and after some changes: each day from which a figure differs
    in another way, in order, and the end of today.
    """

    steps: list[Step]
    today: list[Step]


def read(day: date) -> Figures:
    """The figures at the end of `day` and their revisions, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(_AS_AT, [day])
        totals = {figure: int(total) for figure, total in cursor.fetchall()}
    values = {name: total for name, total in totals.items() if _REVISED not in name}
    revisions = [
        Revision(figure, date.fromisoformat(revised_on), total)
        for name, total in totals.items()
        for figure, mark, revised_on in [name.partition(_REVISED)]
        if mark and total
    ]
    revisions.sort(key=lambda revision: revision.revised_on, reverse=True)
    return Figures(values, revisions)


def as_at(day: date) -> dict[str, int]:
    """Every figure at the end of `day`. A figure never tallied is absent."""
    return read(day).values


def members(figure: str, day: date) -> list[str]:
    """The members of a distinct count, such as the councils' DfE numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, [figure, day])
        return [member for (member,) in cursor.fetchall()]


def tally_changes(day: date, tally: events.TallyChange) -> Changes:
    """The changes of an event with this tally on this day."""
    return {
        (figure, member, day): number
        for figure, change in tally.items()
        for member, number in (
            {"": change} if isinstance(change, int) else change
        ).items()
    }


def multiply(tally: events.TallyChange, times: int) -> events.TallyChange:
    """The tally of the same change several times, or taken back with -1."""
    return {
        figure: change * times
        if isinstance(change, int)
        else {member: number * times for member, number in change.items()}
        for figure, change in tally.items()
    }


def add_changes(parts: Iterable[Changes]) -> Changes:
    total: dict[tuple[str, str, date], int] = defaultdict(int)
    for part in parts:
        for place, number in part.items():
            total[place] += number
    return {place: number for place, number in total.items() if number}


def compare(changes: Changes, *, today: date) -> Comparison:
    """What these figures would be with these changes."""
    before, after = _Count(), _Count()
    recorded: dict[date, list[tuple[str, str, int]]] = defaultdict(list)
    planned: dict[date, list[tuple[str, str, int]]] = defaultdict(list)
    names = sorted({figure for figure, _, _ in changes})
    with connection.cursor() as cursor:
        cursor.execute(_BY_DAY, [names])
        for day, figure, member, change in cursor.fetchall():
            recorded[day].append((figure, member, int(change)))
    for (figure, member, day), change in changes.items():
        planned[day].append((figure, member, change))
    steps: list[Step] = []
    last: dict[str, Step] = {name: Step(today, name, 0, 0) for name in names}
    differences = dict.fromkeys(names, 0)
    for day in sorted({*recorded, *planned}):
        before.add(recorded[day])
        after.add([*recorded[day], *planned[day]])
        for figure in names:
            step = Step(day, figure, before.values[figure], after.values[figure])
            if step.change != differences[figure]:
                steps.append(step)
            differences[figure] = step.change
            if day <= today:
                last[figure] = replace(step, day=today)
    return Comparison(steps, list(last.values()))


class _Count:
    """The values of figures while changes are added."""

    def __init__(self) -> None:
        self.values: dict[str, int] = defaultdict(int)
        self._members: dict[tuple[str, str], int] = defaultdict(int)

    def add(self, changes: Iterable[tuple[str, str, int]]) -> None:
        for figure, member, change in changes:
            if not member:
                self.values[figure] += change
                continue
            was_counted = self._members[figure, member] > 0
            self._members[figure, member] += change
            is_counted = self._members[figure, member] > 0
            self.values[figure] += is_counted - was_counted


def record_revision(
    steps: Iterable[Step],
    subject: events.Subject,
    event: EventName,
    *,
    by: events.Actor,
    revised_on: date,
) -> None:
    """Record which past figures were revised: those of the days before `revised_on`."""
    tallies: dict[date, dict[str, int]] = defaultdict(dict)
    differences: dict[str, int] = defaultdict(int)
    for step in steps:
        if step.day < revised_on:
            name = f"{step.figure}{_REVISED}{revised_on}"
            tallies[step.day][name] = step.change - differences[step.figure]
            differences[step.figure] = step.change
    events.record_all(
        events.draft(
            event, subject, by=by, at=clock.end_of_day(day), tally=tally, stage=""
        )
        for day, tally in sorted(tallies.items())
    )


def fold(before: date) -> None:
    """Merge the per-connection rows of past days. Figures stay the same.

    Locked rows are skipped until the next night, so that writers never wait.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_fold(%s)", [before])
