"""A council is found under whatever name, number or code it had at a date."""

from datetime import date

import pytest

from innovation.organisations.domain.queries.councils import (
    Directory,
    NotACouncil,
    line_of,
)

IN_2015 = date(2015, 2, 28)
IN_2022 = date(2022, 1, 1)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Hull", "810"),
        ("kingston upon hull, city of", "810"),
        ("Hull City Council", "810"),
        ("E06000010", "810"),
        ("810", "810"),
        ("Durham", "840"),
        ("Durham County Council", "840"),
        ("Bristol", "801"),
        ("City of Bradford Metropolitan District Council", "380"),
        ("LB Islington Council", "206"),
        ("The London Borough of Islington", "206"),
        ("Islington LBC", "206"),
        ("Leeds CC", "383"),
        ("Bradford MDC", "380"),
        ("London Borough of Islington", "206"),
        ("Hammersmith & Fulham", "205"),
        ("Hammersmith  and\u00a0Fulham\u200b", "205"),
        ("St Helens", "342"),
        ("ST. HELEN’S", "342"),
        ("Birmingham City Council", "330"),
        ("Dorset (835)", "835"),
        ("Dorset (330)", None),
        ("WESTMINSTER CITY COUNCIL", "213"),
        ("  Wigan   Council ", "359"),
        ("City of London", "201"),
        ("City of London Corporation", "201"),
        ("North Yorkshire County Council", "815"),
        ("E10000023", "815"),
        ("E06000065", "815"),
        ("Dorset", "835"),
        ("Northamptonshire", "928"),
        ("Herefordshire", "884"),
        ("London", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_councils_are_found_by_their_names_of_2015(
    councils: Directory, name: str, number: str | None
) -> None:
    try:
        dfe_number = councils.resolve(name, on=IN_2015).dfe_number
    except NotACouncil:
        dfe_number = None
    assert dfe_number == number


def test_the_same_name_means_another_council_later(councils: Directory) -> None:
    assert councils.resolve("Dorset", on=date(2019, 3, 31)).dfe_number == "835"
    assert councils.resolve("Dorset", on=date(2019, 4, 1)).dfe_number == "838"


def test_an_old_name_still_finds_a_council_that_was_only_renamed(
    councils: Directory,
) -> None:
    council = councils.resolve("North Yorkshire County Council", on=date(2024, 1, 1))
    assert council.dfe_number == "815"


@pytest.mark.parametrize("name", ["Northamptonshire", "928", "E10000021"])
def test_the_message_about_a_closed_council_names_its_successors(
    councils: Directory, name: str
) -> None:
    with pytest.raises(NotACouncil) as raised:
        councils.resolve(name, on=IN_2022)
    assert str(raised.value) == (
        "Northamptonshire closed on 31 March 2021; write its successor: "
        "North Northamptonshire and West Northamptonshire"
    )


def test_the_message_about_a_misspelt_council_suggests_one(councils: Directory) -> None:
    with pytest.raises(NotACouncil) as raised:
        councils.resolve("Leicestershir", on=IN_2015)
    assert str(raised.value) == (
        "“Leicestershir” is not a council; did you mean Leicestershire?"
    )


@pytest.mark.parametrize("text", ["Leeds, Hull", "Leeds & Hull", "Leeds / Hull"])
def test_the_message_about_several_councils_says_to_write_each_by_itself(
    councils: Directory, text: str
) -> None:
    with pytest.raises(NotACouncil, match="names several councils; write each by its"):
        councils.resolve(text, on=IN_2015)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Hull", {"810"}),
        ("Bristol City Council", {"801"}),
        ("Nottingham", {"892"}),
        ("Dorset", {"835", "838"}),
        ("835", {"835"}),
        ("e06000059", {"838"}),
        ("Bar", {"301", "302", "370"}),
        ("county durh", {"840"}),
    ],
)
def test_a_filter_finds_the_councils_that_ever_had_the_name(
    councils: Directory, text: str, numbers: set[str]
) -> None:
    assert {council.dfe_number for council in councils.find(text)} == numbers


@pytest.mark.parametrize("text", ["zzz", "!!", ""])
def test_a_filter_by_what_is_no_council_says_so(councils: Directory, text: str) -> None:
    with pytest.raises(NotACouncil, match="is not a council with children’s services"):
        councils.find(text)


def test_a_closed_council_is_written_so_that_it_is_found_again(
    councils: Directory,
) -> None:
    lines = {line_of(councils.numbers[number], on=IN_2022) for number in ("835", "838")}
    assert lines == {"Dorset (835)", "Dorset"}
    with pytest.raises(NotACouncil, match="Dorset closed on 31 March 2019"):
        councils.resolve("Dorset (835)", on=IN_2022)
    assert councils.resolve("Dorset", on=IN_2022).dfe_number == "838"


@pytest.mark.parametrize("day", [IN_2015, IN_2022, date(2026, 1, 1)])
def test_no_name_stands_for_two_councils_on_one_day(
    councils: Directory, day: date
) -> None:
    doubles = [
        name
        for name, council in councils.names.items()
        if len({one.council.dfe_number for one in council if one.was_in_use(day)}) > 1
    ]
    assert doubles == []
