"""Choosing a council by the name one knows it by."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from innovation.organisations.domain.queries import choices
from innovation.organisations.models import Council, Organisation
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def councils_by_name(councils: object) -> dict[str, set[str]]:
    """Each name in the list, and the councils it stands for."""
    numbers_by_name: dict[str, set[str]] = {}
    of = {
        o.key: not_none(o.council).name
        for o in Organisation.objects.exclude(council=None)
    }
    for key, name in choices.council_organisations(on=TODAY):
        numbers_by_name.setdefault(name, set()).add(of[key])
    return numbers_by_name


def test_every_open_council_is_listed_once_under_its_own_name(
    councils_by_name: dict[str, set[str]],
) -> None:
    open_today = Council.objects.filter(closed_on=None).exclude(official_name="")
    assert len(open_today) == 153
    for council in open_today:
        assert councils_by_name[council.name] == {council.name}
        assert councils_by_name[council.official_name] == {council.name}


@pytest.mark.parametrize(
    ("looked_for", "expected"),
    [
        ("Bournemouth", {"Bournemouth, Christchurch and Poole"}),
        ("Poole", {"Bournemouth, Christchurch and Poole"}),
        ("Hull", {"Kingston upon Hull, City of"}),
        ("Northamptonshire", {"North Northamptonshire", "West Northamptonshire"}),
        ("Cumbria", {"Cumberland", "Westmorland and Furness"}),
        ("Dorset County Council", {"Dorset", "Bournemouth, Christchurch and Poole"}),
        ("North Yorkshire County Council", {"North Yorkshire"}),
    ],
)
def test_a_renamed_or_merged_council_is_found_by_its_former_name(
    councils_by_name: dict[str, set[str]], looked_for: str, expected: set[str]
) -> None:
    begins = [
        name for name in councils_by_name if name.startswith(f"{looked_for} (now ")
    ]
    assert set().union(*(councils_by_name[name] for name in begins)) == expected


def test_a_council_that_has_closed_cannot_be_joined(
    councils_by_name: dict[str, set[str]],
) -> None:
    assert "Bournemouth" not in councils_by_name
    assert not {"Northamptonshire", "Cumbria"} & set().union(*councils_by_name.values())


def test_the_list_takes_four_queries(
    councils: object, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        choices.council_organisations(on=TODAY)


def test_a_renamed_trust_is_found_by_both_names(councils: object) -> None:
    slough = "Slough Children's Services Trust"
    trusts = choices.trusts()
    assert (slough, slough) in trusts
    assert (slough, f"Slough Children First (was {slough})") in trusts
    assert len({name for name, _ in trusts}) == 9
