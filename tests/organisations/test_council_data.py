"""Councils, trusts and judgements as the project's files give them."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innovation.accounts.domain import council_facts
from innovation.audit.verification import first_fault
from innovation.organisations.domain import councils as council_data
from innovation.organisations.domain.queries.councils import Directory
from innovation.organisations.models import (
    Council,
    CouncilCode,
    CouncilFact,
    CouncilGroup,
    Identifier,
    OfstedJudgement,
    Organisation,
    ReferenceData,
    Region,
)
from tests.factories import users

pytestmark = pytest.mark.django_db


def test_every_row_is_loaded_and_none_is_invented(councils: Directory) -> None:
    assert Region.objects.count() == 9
    assert Council.objects.count() == 160
    assert CouncilCode.objects.count() == 167
    assert OfstedJudgement.objects.count() == 167
    assert CouncilFact.objects.count() == 14
    assert Identifier.objects.count() == 161
    assert set(Identifier.objects.values_list("scheme", flat=True)) == {"GB-LAE"}


def test_loading_again_changes_nothing_and_asks_little(
    councils: Directory, at: datetime
) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert council_data.load(at=at) is False
    assert len(queries) <= 4
    assert Organisation.objects.count() == 167
    assert first_fault() is None


def test_a_changed_file_corrects_rows_without_doubling_them(
    councils: Directory, at: datetime
) -> None:
    Council.objects.filter(dfe_number="373").update(name="Sheffeild")
    ReferenceData.objects.update(digest="of another file")
    assert council_data.load(at=at) is True
    assert Council.objects.get(dfe_number="373").name == "Sheffield"
    assert Council.objects.count() == 160
    assert Organisation.objects.count() == 167


def test_a_trust_that_took_on_a_council_later_runs_it_from_then(
    councils: Directory,
) -> None:
    trust = Organisation.objects.get(name="Achieving for Children")
    areas = trust.areas.values_list("council__name", "started", "note")
    assert set(areas) == {
        ("Kingston upon Thames", "2014", ""),
        ("Richmond upon Thames", "2014", ""),
        ("Windsor and Maidenhead", "2017", ""),
    }


def test_a_council_keeps_its_number_when_its_code_changes(councils: Directory) -> None:
    codes = CouncilCode.objects.filter(council="815").values_list(
        "gss_code", "official_name", "valid_to"
    )
    assert list(codes) == [
        ("E10000023", "North Yorkshire County Council", date(2023, 3, 31)),
        ("E06000065", "North Yorkshire Council", None),
    ]
    council = Council.objects.get(pk="815")
    assert (council.closed_on, council.successors.count()) == (None, 0)
    assert council.organisation.name == "North Yorkshire Council"
    assert [str(i) for i in council.organisation.identifiers.order_by("value")] == [
        "GB-LAE-NYE",
        "GB-LAE-NYK",
    ]


@pytest.mark.parametrize(
    ("number", "closed", "successors"),
    [
        ("928", date(2021, 3, 31), ["North Northamptonshire", "West Northamptonshire"]),
        ("909", date(2023, 3, 31), ["Cumberland", "Westmorland and Furness"]),
        ("835", date(2019, 3, 31), ["Bournemouth, Christchurch and Poole", "Dorset"]),
        ("836", date(2019, 3, 31), ["Bournemouth, Christchurch and Poole"]),
        ("875", date(2009, 3, 31), ["Cheshire East", "Cheshire West and Chester"]),
    ],
)
def test_a_council_that_closed_names_its_successors(
    councils: Directory, number: str, closed: date, successors: list[str]
) -> None:
    council = Council.objects.get(dfe_number=number)
    assert council.closed_on == closed
    names = council.successors.order_by("name").values_list("name", flat=True)
    assert list(names) == successors


def test_the_first_day_of_all_codes_is_not_an_opening_day(
    councils: Directory,
) -> None:
    assert Council.objects.get(dfe_number="370").opened_on is None
    assert Council.objects.get(dfe_number="895").opened_on == date(2009, 4, 1)


def test_a_trust_has_the_confidence_and_source_of_the_file(councils: Directory) -> None:
    trust = Organisation.objects.get(name="Sandwell Children's Trust")
    assert trust.confidence == "low"
    assert trust.source == "general knowledge - not confirmed in stored pages"
    assert list(trust.serves.values_list("dfe_number", flat=True)) == ["333"]
    assert trust.identifiers.count() == 0


def test_a_trust_keeps_dates_as_published(councils: Directory) -> None:
    slough = Organisation.objects.get(name="Slough Children's Services Trust")
    assert slough.notes == "Now Slough Children First"
    area = slough.areas.get()
    assert (area.started, area.ended) == ("2015-09", "")


def test_a_fact_has_the_date_as_precise_as_its_source(councils: Directory) -> None:
    facts = {
        number: (fact.kind, fact.started, fact.confidence)
        for number in ("371", "926", "850")
        for fact in CouncilFact.objects.filter(council=number)
    }
    assert facts == {
        "371": ("trust", "2014-10", "high"),
        "926": ("commissioner", "2015-12-14", "high"),
        "850": ("partner in practice", "2015-12-14", "high"),
    }
    doncaster = CouncilFact.objects.get(council="371")
    assert doncaster.source == "Written answer 122430, 17 January 2018"
    assert doncaster.period == "From October 2014"


def test_a_withdrawn_fact_is_not_loaded_again(
    councils: Directory, at: datetime
) -> None:
    fact = CouncilFact.objects.get(council="926")
    council_facts.withdraw(fact, because="A slip.", by=users.official(), at=at)
    ReferenceData.objects.update(digest="of another file")
    assert council_data.load(at=at) is True
    assert CouncilFact.objects.count() == 14
    assert CouncilFact.objects.known().count() == 13
    assert first_fault() is None


def test_councils_that_bid_together_are_groups(councils: Directory) -> None:
    groups = {
        group.name: sorted(group.councils.values_list("name", flat=True))
        for group in CouncilGroup.objects.all()
    }
    assert groups == {
        "Tri-borough": [
            "Hammersmith and Fulham",
            "Kensington and Chelsea",
            "Westminster",
        ],
        "Richmond and Kingston": ["Kingston upon Thames", "Richmond upon Thames"],
    }
