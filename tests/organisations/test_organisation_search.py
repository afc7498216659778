"""Every search box finds each real organisation and council, however it is written."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoDbBlocker

from bids.domain import registers
from bids.forms.question_types.names import parse_councils, parse_organisations
from funding.domain import historic_awards
from funding.domain.importing.existing_data import ExistingData
from funding.domain.queries import awards
from funding.models import Award
from innovation.audit.events import SERVICE
from innovation.organisations.domain import councils as council_data
from innovation.organisations.domain import organisations
from innovation.organisations.domain.queries.councils import Directory
from innovation.organisations.domain.queries.organisations import (
    OrganisationFilters,
    organisations_called,
)
from innovation.organisations.models import Council, CouncilCode, Organisation
from tests.database_guards import check_deferred_constraints
from tests.factories import cases
from tests.module_data import module_transaction

pytestmark = pytest.mark.django_db
AT = datetime(2015, 2, 28, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
WAYS: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    lambda name: name.replace("'", "’"),
    lambda name: name.replace("’", "'").replace("'", ""),
    lambda name: name.replace(" and ", " & "),
    lambda name: name.replace("&", "and").replace(" ", "\u00a0 "),
    lambda name: name.replace("-", "–"),
    lambda name: name.replace(",", "").replace(".", "").replace("-", " "),
    lambda name: f"\ufeff{name[:3]}\u200b{name[3:]}\u200e ",
    lambda name: "".join(f"{c}\u0301" if c in "aeiou" else c for c in name),
)
EVERY = pytest.mark.parametrize("step", [40, pytest.param(1, marks=pytest.mark.soak)])


@pytest.fixture(scope="module")
def councils(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Directory]:
    """With the organisations and projects of the programme."""
    with module_transaction(django_db_blocker):
        for loader in (council_data, registers, historic_awards):
            loader.load(at=AT)
        check_deferred_constraints()
        yield Directory.load()


def spellings_of(name: str) -> Iterator[str]:
    assert len(WAYS) == 10
    for way in WAYS:
        yield unicodedata.normalize("NFC", way(name))


def open_today(council: Council | None) -> bool:
    return council is None or council.closed_on is None or council.closed_on >= TODAY


@EVERY
def test_boxes_of_organisations(councils: Directory, step: int) -> None:
    case = cases.draft()
    everyone = Organisation.objects.select_related("council").order_by("pk")
    assert len(everyone) > 160
    for organisation in everyone[::step]:
        texts = list(spellings_of(organisation.name))
        for text in texts:
            assert organisation in organisations_called(text), text
            found = OrganisationFilters(text=text).narrow(Organisation.objects.all())
            assert organisation in found, text
        if open_today(organisation.council):
            assert parse_organisations("\n".join(texts), case) == [organisation]


@EVERY
def test_boxes_of_councils(councils: Directory, step: int) -> None:
    codes = list(CouncilCode.objects.select_related("council"))
    assert len(codes) > 160
    for code in codes[::step]:
        council = code.council
        names = {code.name, code.official_name, code.gss_code, council.dfe_number}
        texts = [text for name in names - {""} for text in spellings_of(name)]
        organisation = Organisation.objects.filter(council=council)
        for text in texts:
            assert council in councils.find(text), text
            assert set(organisation) <= set(organisations_called(text)), text
            valid_to = code.valid_to or TODAY
            assert councils.resolve(text, on=valid_to) == council, text
        if open_today(council):
            assert parse_councils("\n".join(texts)) == [council]


@EVERY
def test_boxes_of_projects(councils: Directory, step: int) -> None:
    projects = Award.objects.select_related("lead").exclude(lead=None).order_by("pk")
    assert len(projects) > 50
    for project in projects[::step]:
        assert project.lead is not None
        for text in [*spellings_of(project.title), *spellings_of(project.lead.name)]:
            found = awards.search(Award.objects.all(), {"q": text})
            assert project in found, text


@EVERY
def test_the_importer(councils: Directory, step: int) -> None:
    existing = ExistingData.load()
    for organisation in Organisation.objects.order_by("pk")[::step]:
        for text in spellings_of(organisation.name):
            assert existing.known(text, on=TODAY) == organisation, text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Hackney Council", "204"),
        ("LB Hackney", "204"),
        ("the Royal Borough of Greenwich", "203"),
        ("204", "204"),
        ("e09000012", "204"),
    ],
)
def test_a_council_is_found_without_its_kind_and_by_number(
    councils: Directory, text: str, number: str
) -> None:
    [organisation] = organisations_called(text)
    assert organisation.council_id == number


@pytest.mark.parametrize("text", ["GB-CHC-216250", "gb-chc-216250", "216 250", "2162"])
def test_an_organisation_is_found_by_the_number_that_its_page_shows(text: str) -> None:
    charity = organisations.register(
        name="Open Doors",
        applicant_type="charity",
        identifiers={"GB-CHC": "216250"},
        by=SERVICE,
        at=AT,
    )
    rows = Organisation.objects.all()
    assert list(OrganisationFilters(text=text).narrow(rows)) == [charity]
    assert not OrganisationFilters(text="GB-CHC-216251").narrow(rows)


def test_a_name_of_today_is_never_taken_for_a_closed_council(
    councils: Directory,
) -> None:
    [dorset] = parse_councils("Dorset")
    assert dorset.dfe_number == "838"
    assert parse_organisations("Dorset Council", cases.draft())[0].council == dorset
