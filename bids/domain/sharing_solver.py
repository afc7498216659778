"""Shares cases out among people by load: an integer programme, without the database.

Each case goes to one of the people who may have it, and nobody gets more than they have
room for. The greatest load becomes as small as possible, and then the sum of the
differences between any two loads. The same question always has the same answer.

The programme makes the sum of the squares of the loads as small as possible. The loads
that a sharing can have are the integer points of a base polyhedron, and of those the
point with the least squares has the least of every sum that grows with inequality
(Frank and Murota 2020, arXiv 2007.09616): of the greatest load, and of the
differences. A test compares it with a search through every way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy

from innovation.core.errors import TooMuch

_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with `load` cases already, who has room for `room` more; `None` if there
    is no limit.
    """

    key: str
    load: int
    room: int | None = None


class Clash(Exception):
    """These cases can only go to these people, who together have too little room."""

    def __init__(self, cases: Sequence[str], people: Sequence[str], room: int) -> None:
        super().__init__(f"{len(cases)} cases and room for {room}")
        self.cases, self.people, self.room = cases, people, room


def share(
    allowed: Mapping[str, Sequence[str]], people: Sequence[Person]
) -> dict[str, str]:
    """Who gets which case. `allowed` are the people who may have each case. Raise
    `Clash` if that is impossible.
    """
    _require_room(allowed, people)
    groups: dict[tuple[str, ...], list[str]] = {}
    for case, keys in allowed.items():
        groups.setdefault(tuple(sorted(keys)), []).append(case)
    numbers = _numbers(groups, people)
    shared: dict[str, str] = {}
    for group, cases in groups.items():
        waiting = iter(cases)
        for person in people:
            for _ in range(numbers.get((group, person.key), 0)):
                shared[next(waiting)] = person.key
    return {case: shared[case] for case in allowed}


def _numbers(
    groups: Mapping[tuple[str, ...], Sequence[str]], people: Sequence[Person]
) -> dict[tuple[tuple[str, ...], str], int]:
    """How many cases of each group each person gets. Cases that the same people may
    have are alike, which makes the programme much smaller.
    """
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("parallel", "off")):
        solver.setOptionValue(option, value)
    solver.setOptionValue("time_limit", _SECONDS)
    given = {
        (group, person.key): solver.addIntegral(0, len(cases))
        for group, cases in groups.items()
        for person in people
        if person.key in group
    }
    for group, cases in groups.items():
        solver.addConstr(sum(given[group, key] for key in group) == len(cases))
    cost = 0
    for person in people:
        own = [number for (_, key), number in given.items() if key == person.key]
        most = sum(len(cases) for group, cases in groups.items() if person.key in group)
        room = most if person.room is None else min(person.room, most)
        steps = [solver.addIntegral(0, 1) for _ in range(room)]
        if own:
            solver.addConstr(sum(own) - sum(steps) == 0)
        # One more case costs by how much the square of the load grows.
        cost += sum(
            (2 * (person.load + place) + 1) * step for place, step in enumerate(steps)
        )
    if groups:
        solver.minimize(cost)
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise TooMuch(
                "We could not share these cases out in time. Choose fewer cases or "
                "people."
            )
    return {pair: round(solver.val(number)) for pair, number in given.items()}


def _require_room(
    allowed: Mapping[str, Sequence[str]], people: Sequence[Person]
) -> None:
    """Raise `Clash` unless there is room for every case: bipartite matching."""
    rooms = {
        person.key: len(allowed) if person.room is None else max(person.room, 0)
        for person in people
    }
    placed: dict[str, list[str]] = {key: [] for key in rooms}
    for case in allowed:
        tried: dict[str, None] = {}
        if not _place(case, allowed, rooms, placed, tried):
            cases = [case, *(other for key in tried for other in placed[key])]
            raise Clash(cases, list(tried), sum(rooms[key] for key in tried))


def _place(
    case: str,
    allowed: Mapping[str, Sequence[str]],
    rooms: Mapping[str, int],
    placed: dict[str, list[str]],
    tried: dict[str, None],
) -> bool:
    """Give the case to somebody, who may pass another case on to make room. `tried`
    collects the people who have none left.
    """
    for key in allowed[case]:
        if key in tried:
            continue
        tried[key] = None
        if len(placed[key]) < rooms[key]:
            placed[key].append(case)
            return True
        for other in list(placed[key]):
            if _place(other, allowed, rooms, placed, tried):
                placed[key].remove(other)
                placed[key].append(case)
                return True
    return False
