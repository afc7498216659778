"""Proposes who could look after which unassigned cases, so that loads are even.

Only a proposal: whoever asked can change each case before it becomes a batch.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from bids import conflicts, policies
from bids.domain import sharing_solver
from bids.models import Assignment, Expression
from bids.turns import turns
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.core.errors import Invalid

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be given cases. `load` are the cases that they look after now,
    and `places` how many they may have in all; `None` if there is no limit.
    """

    user: User
    load: int
    places: int | None = None

    @property
    def room(self) -> int | None:
        return None if self.places is None else max(self.places - self.load, 0)


@dataclass(frozen=True, slots=True)
class Share:
    """Who is proposed for one case, and those who can be given it. `ruled_out` are the
    others: it does not say why, because an interest may be the reason.
    """

    case: Expression
    proposed: Candidate
    allowed: Sequence[Candidate]
    ruled_out: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Sharing:
    """`assigned` are the cases that are left out, with whoever looks after them."""

    shares: Sequence[Share]
    assigned: Mapping[Expression, str]
    candidates: Sequence[Candidate]

    def load_after(self, candidate: Candidate) -> int:
        return candidate.load + sum(
            share.proposed is candidate for share in self.shares
        )


def needs_places(user: User) -> bool:
    """Whether the person is a coach, who has a limited number of places."""
    return not user.may(Permission.READ_ALL_CASES)


def candidates(
    people: Sequence[User], places: Mapping[str, int], reader: User
) -> list[Candidate]:
    """With their loads, as far as the reader can open the cases: those that wait for
    somebody. `places` are by the person's key.
    """
    loads = _loads(people, reader)
    return [
        Candidate(person, loads.get(person.pk, 0), places.get(person.key))
        for person in people
    ]


def propose(cases: Sequence[Expression], people: Sequence[Candidate]) -> Sharing:
    """Raise `Invalid` with a sentence that names what clashes if it is impossible."""
    assigned = _assigned(cases)
    closed = {
        person.user.pk: conflicts.expression_ids_closed_to(person.user)
        for person in people
    }
    allowed = {
        case: [person for person in people if case.pk not in closed[person.user.pk]]
        for case in cases
        if case.pk not in assigned
    }
    by_key = {person.user.key: person for person in people}
    try:
        shared = sharing_solver.share(
            {case.key: [p.user.key for p in some] for case, some in allowed.items()},
            [
                sharing_solver.Person(person.user.key, person.load, person.room)
                for person in people
            ],
        )
    except sharing_solver.Clash as clash:
        raise Invalid.field(None, _clash_sentence(clash, cases, by_key)) from None
    return Sharing(
        [
            Share(
                case,
                by_key[shared[case.key]],
                some,
                [person for person in people if person not in some],
            )
            for case, some in allowed.items()
        ],
        {case: assigned[case.pk] for case in cases if case.pk in assigned},
        people,
    )


def _loads(people: Collection[User], reader: User) -> dict[int, int]:
    waiting = Assignment.objects.filter(
        user__in=people,
        ended_at=None,
        expression__in=policies.cases_for(reader).values("pk"),
        expression__chain__stage__in=[turn.stage for turn in turns],
    )
    return dict(waiting.values_list("user").annotate(Count("pk")).order_by("user"))


def _assigned(cases: Collection[Expression]) -> dict[int, str]:
    rows = Assignment.objects.filter(expression__in=cases, ended_at=None)
    return dict(rows.values_list("expression", "user__name"))


def _clash_sentence(
    clash: sharing_solver.Clash,
    cases: Sequence[Expression],
    people: Mapping[str, Candidate],
) -> str:
    titles = _list([f"“{case.title}”" for case in cases if case.key in clash.cases])
    if not clash.people:
        return f"Nobody whom you chose can be given {titles}. Choose more people"
    names = _list([people[key].user.name for key in clash.people])
    have = "who has" if len(clash.people) == 1 else "who together have"
    room = f"{clash.room} place" if clash.room == 1 else f"{clash.room or 'no'} places"
    return (
        f"{titles} can only be given to {names}, {have} {room} left. Choose more "
        "people, or give them more places"
    )


def _list(names: Sequence[str]) -> str:
    shown, more = list(names[:_NAMED]), len(names) - _NAMED
    if more > 0:
        shown.append(f"{more} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
