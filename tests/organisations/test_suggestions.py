"""Names suggested to somebody who types a council or an organisation."""

from datetime import date

import pytest

from innovation.core import limits
from innovation.organisations import public_names
from innovation.organisations.domain.queries.suggestions import Names
from innovation.organisations.models import Council, Organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def names(councils: object) -> Names:
    return Names(TODAY, public_names.organisations_named_by(TODAY), with_groups=True)


def suggested(names: Names, text: str) -> list[str]:
    return [suggestion.name for suggestion in names.starting(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Birmingham",
        "birmingham city council",
        "City Council Birmingham",
        "Birm",
        "330",
        "E08000025",
        "e08000025",
    ],
)
def test_a_council_is_suggested_by_each_of_its_names_and_codes(
    names: Names, text: str
) -> None:
    councils_alone = Names(TODAY, Organisation.objects.none())
    assert suggested(councils_alone, text) == ["Birmingham"]
    assert suggested(names, text)[0] == "Birmingham"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hammersmith & Fulham", "Hammersmith and Fulham"),
        ("London Borough of Hammersmith and Fulham", "Hammersmith and Fulham"),
        ("LB Barnet", "Barnet"),
        ("royal borough of kingston upon thames", "Kingston upon Thames"),
        ("Hull", "Kingston upon Hull, City of"),
        ("St Helens", "St. Helens"),
        ("tri-bor", "Tri-borough"),
        ("Slough Children’s Services", "Slough Children's Services Trust"),
    ],
)
def test_the_way_a_name_is_written_makes_no_difference(
    names: Names, text: str, name: str
) -> None:
    assert name in suggested(names, text)


def test_a_former_name_leads_to_the_successors_and_says_so(names: Names) -> None:
    labels = {one.label: one.name for one in names.starting("Dorset County Council")}
    assert "Dorset" in labels.values()
    assert all(" (now " in label for label in labels)
    by_code = {one.name for one in names.starting("835")}
    assert by_code == {"Dorset", "Bournemouth, Christchurch and Poole"}


def test_what_begins_with_the_text_comes_first_and_only_some_are_listed(
    names: Names,
) -> None:
    assert suggested(names, "North")[0].startswith("North")
    assert len(suggested(names, "council")) == limits.SUGGESTIONS


def test_nothing_is_suggested_for_nothing(names: Names) -> None:
    assert suggested(names, " – ") == []
    assert suggested(names, "zzz") == []


def test_a_misspelt_name_is_guessed_among_those_that_may_be_known(
    names: Names,
) -> None:
    assert names.similar("Birmigham") == "Birmingham"
    assert names.similar("Slough Childrens Service Trust") == (
        "Slough Children's Services Trust"
    )
    assert names.similar("Nothing of the kind") == ""
    unknown = Names(TODAY, Organisation.objects.none())
    assert unknown.similar("Slough Childrens Service Trust") == ""


def ways_of_writing(council: Council) -> list[str]:
    names = {council.name, council.official_name, *council.also_known_as}
    codes = council.codes.filter(valid_to=None).values_list("gss_code", flat=True)
    return [
        *names,
        *(name.upper() for name in names),
        *(name.replace(" and ", " & ") for name in names),
        *(name.replace("-", " ").replace(",", "") for name in names),
        *(f"  {name.replace(' ', '  ')}." for name in names),
        council.dfe_number,
        *codes,
    ]


def test_every_council_is_suggested_for_every_way_of_writing_it(names: Names) -> None:
    open_today = Council.objects.filter(closed_on=None, organisation__isnull=False)
    assert open_today.count() == 153
    lost = [
        (council.name, text)
        for council in open_today
        for text in ways_of_writing(council)
        if council.name not in suggested(names, text)
    ]
    assert lost == []
