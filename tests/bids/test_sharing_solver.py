"""The solver against a search through every way to share cases out."""

from collections.abc import Mapping, Sequence
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids.domain.sharing_solver import Clash, Person, share
from tests.drives import drive

PEOPLE = "ABC"
Problem = tuple[dict[str, list[str]], list[Person]]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    people = [
        Person(key, draw(st.integers(0, 4)), draw(st.none() | st.integers(0, 3)))
        for key in PEOPLE[: draw(st.integers(1, 3))]
    ]
    keys = [person.key for person in people]
    number = draw(st.integers(1, 5))
    allowed = {
        f"case {place}": draw(st.lists(st.sampled_from(keys), unique=True))
        for place in range(number)
    }
    return allowed, people


def cost(people: Sequence[Person], shared: Mapping[str, str]) -> tuple[int, int]:
    """The greatest load, and the sum of the differences between any two."""
    given_to = list(shared.values())
    loads = [person.load + given_to.count(person.key) for person in people]
    return max(loads), sum(abs(one - other) for one, other in combinations(loads, 2))


def fits(people: Sequence[Person], keys: Sequence[str]) -> bool:
    return all(
        person.room is None or keys.count(person.key) <= person.room
        for person in people
    )


@drive(40, all=2_000)
@given(problems())
def test_it_is_as_good_as_the_best_of_every_way(problem: Problem) -> None:
    allowed, people = problem
    ways = [
        dict(zip(allowed, keys, strict=True))
        for keys in product(*allowed.values())
        if fits(people, keys)
    ]
    if not ways:
        with pytest.raises(Clash) as clash:
            share(allowed, people)
        assert set().union(*(allowed[case] for case in clash.value.cases)) == set(
            clash.value.people
        )
        assert len(clash.value.cases) > clash.value.room
        return
    shared = share(allowed, people)
    assert all(shared[case] in keys for case, keys in allowed.items())
    assert fits(people, list(shared.values()))
    assert cost(people, shared) == min(cost(people, way) for way in ways)
    assert share(allowed, people) == shared


def test_a_page_of_cases_among_many_people_is_shared_evenly() -> None:
    people = [Person(f"{number:02}", number % 4) for number in range(20)]
    keys = [person.key for person in people]
    allowed = {
        f"case {place}": [key for key in keys if (place + int(key)) % 7]
        for place in range(25)
    }
    shared = share(allowed, people)
    assert cost(people, shared)[0] == 3
    assert len(shared) == 25


def test_without_cases_there_is_nothing_to_share() -> None:
    assert share({}, [Person("A", 1)]) == {}
