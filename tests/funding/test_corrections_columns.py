"""Each column of a sheet can be corrected, as far as nothing later depends on it."""

import csv
import io

import pytest
from django.test import Client

from bids.models import Expression, Round
from bids.models.expression import CORRECTED_FIELDS as FIELDS_OF_EXPRESSIONS
from funding.domain import corrections
from funding.domain.importing import corrected_values, stored_cases
from funding.models import Award, Correction, ImportedCase
from funding.models.award import CORRECTED_FIELDS as FIELDS_OF_AWARDS
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.audit.verification import first_fault
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.organisations.models import Council, Organisation
from tests.api.api_client import ApiClient
from tests.factories import users
from tests.funding.case_corrections import (
    AT,
    AWARD_DAY,
    ask,
    confirm,
    imported,
)
from tests.funding.historic_cases import apply_import
from tests.funding.page_requests import client_for, get_status
from tests.funding.sheets import AWARD, FULL_EOI
from tests.narrowing import not_none

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


@pytest.fixture
def expression(official: User) -> ImportedCase:
    apply_import(official, FULL_EOI)
    return imported("expression")


def value_now(case: ImportedCase, column: str) -> str:
    stored = stored_cases.read(corrections.case_of(case))
    return corrected_values.text(stored, column)


def check_correction(
    case: ImportedCase,
    official: User,
    column: str,
    value: str,
    before: str,
    after: str,
) -> None:
    correction = ask(case, official, column, value)
    assert (correction.before, correction.after) == (before, after)
    assert value_now(case, column) == before
    confirm(correction)
    assert value_now(case, column) == after
    assert first_fault() is None


def test_each_column_that_a_row_keeps_can_be_corrected() -> None:
    assert {*FIELDS_OF_AWARDS, *FIELDS_OF_EXPRESSIONS} == {*corrected_values.COLUMNS}


@pytest.mark.parametrize(
    ("column", "value", "before", "after"),
    [
        (
            "lead organisation",
            "York",
            "Hull City Council",
            "York (City of York Council)",
        ),
        (
            "lead organisation",
            "Open Doors (charity)",
            "Hull City Council",
            "Open Doors",
        ),
        (
            "lead organisation",
            "",
            "Hull City Council",
            "",
        ),
        (
            "partners",
            "York; Open Doors (charity)",
            "",
            "City of York Council; Open Doors",
        ),
        ("round", "2", "Round 1, 2014 to 2016", "Round 2, 2016 to 2020"),
        (
            "focus area",
            "Scale and spread",
            "Rethinking children's social work",
            "Scale and spread",
        ),
        (
            "practice models",
            "signs of safety\r\nMockingbird",
            "",
            "Mockingbird; Signs of Safety",
        ),
    ],
)
def test_a_column_of_an_award_is_corrected(
    award: ImportedCase,
    official: User,
    column: str,
    value: str,
    before: str,
    after: str,
) -> None:
    check_correction(award, official, column, value, before, after)


@pytest.mark.parametrize(
    ("column", "value", "before", "after"),
    [
        ("lead organisation", "York", "Leeds City Council", "City of York Council"),
        (
            "partners",
            "York\nHull",
            "Open Doors",
            "City of York Council; Hull City Council",
        ),
        (
            "amount",
            "£70,000 in 2014-15; £1.2m in 2015 to 2016",
            "£100,000 in 2014 to 2015",
            "£70,000 in 2014 to 2015\n£1,200,000 in 2015 to 2016",
        ),
        ("amount", "", "£100,000 in 2014 to 2015", ""),
        (
            "outcome",
            "taken forward in October 2014",
            "Declined on 1 September 2014",
            "Taken forward on 31 October 2014",
        ),
        ("outcome", "withdrawn", "Declined on 1 September 2014", "Withdrawn"),
        ("outcome", "", "Declined on 1 September 2014", "Submitted"),
        (
            "focus area",
            "Other area of children's social care",
            "Rethinking children’s social work",
            "Other area of children’s social care",
        ),
        ("idea type", "Fostering and adoption", "", "Fostering and adoption"),
        ("maturity", "i3", "Develop ideas", "Scale and spread"),
        ("practice models", "Pause", "", "Pause"),
    ],
)
def test_a_column_of_an_expression_is_corrected(
    expression: ImportedCase,
    official: User,
    column: str,
    value: str,
    before: str,
    after: str,
) -> None:
    check_correction(expression, official, column, value, before, after)


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("lead organisation", "", "Write who submitted it"),
        ("lead organisation", "Nobody Known", "like “Nobody Known \\(charity\\)”"),
        ("lead organisation", "York; Hull", "Write one organisation"),
        ("lead organisation", "Open Doors", "is a partner of the case"),
        ("lead organisation", "Leeds", "already says"),
        ("partners", "York; Leeds", "cannot be its own partner"),
        ("amount", "£100,000", "with its financial year, like"),
        ("amount", "a lot in 2014-15", "Write an amount like"),
        ("amount", "£5,000 in spring", "financial year like 2014-15"),
        ("amount", "£1 in 2014-15; £2 in 2014", "each financial year once"),
        ("amount", "about £5,000 in 2014-15", "Leave out “about”"),
        ("outcome", "lost", "Write submitted, taken forward, declined or withdrawn"),
        ("outcome", "declined on 1 May 2014", "not before the date"),
        ("outcome", "declined on 1 May 2031", "Write a date in the past"),
        ("outcome", "submitted on 1 Sept 2014", "Write what was decided"),
        ("round", "2", "Correct the focus area first"),
        ("round", "7", "is not a round of the programme"),
        ("focus area", "Scale and spread of round 1", "Write one of"),
        ("idea type", "magic", "is not an idea type"),
        ("maturity", "i9", "Write i1, i2 or i3"),
        ("practice models", "Magic", "is not a practice model. Write one of"),
        ("source", "A letter", "Select what is wrong"),
    ],
)
def test_a_value_that_an_expression_cannot_have_is_refused(
    expression: ImportedCase, official: User, column: str, value: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        ask(expression, official, column, value)
    assert Correction.objects.count() == 0


def test_the_round_is_corrected_after_its_focus_area(
    expression: ImportedCase, official: User
) -> None:
    confirm(ask(expression, official, "focus area", ""))
    confirm(ask(expression, official, "round", "2"))
    confirm(ask(expression, official, "focus area", "Scale and spread of round 1"))
    stored = Expression.objects.select_related("round", "strand").get()
    assert stored.round.name == "Round 2, 2016 to 2020"
    assert stored.strand is not None
    assert stored.strand.round == stored.round


def test_a_new_organisation_is_registered_when_somebody_confirms_it(
    award: ImportedCase, official: User
) -> None:
    new = Organisation.objects.filter(name="Open Doors")
    correction = ask(award, official, "partners", "Open Doors (charity); York")
    assert not new.exists()
    confirm(correction)
    assert (new.get().applicant_type, new.get().source) == (
        "charity",
        f"correction {correction.key}",
    )
    # From now on it is known, and it is not the lead as well.
    with pytest.raises(Invalid, match="Open Doors is a partner of the case"):
        ask(award, official, "lead organisation", "open doors")


def test_a_corrected_focus_area_gives_the_idea_its_meaning(
    award: ImportedCase, official: User
) -> None:
    assert figures.as_at(AWARD_DAY) == {"projects_funded": 1, "councils_redesigning": 2}
    correction = ask(award, official, "focus area", "Scale and spread")
    changes = corrections.preview(correction, at=AT).comparison.steps
    assert {(step.figure, step.change) for step in changes} == {
        ("councils_redesigning", -2)
    }
    confirm(correction)
    assert figures.as_at(AWARD_DAY) == {"projects_funded": 1, "councils_redesigning": 0}
    assert not_none(Award.objects.get().idea_type).name == (
        "Scale and spread: whole system change"
    )


def test_public_pages_and_the_api_follow_a_corrected_award(
    award: ImportedCase, official: User, client: Client
) -> None:
    for column, value in (
        ("lead organisation", "York"),
        ("partners", "Leeds"),
        ("focus area", "Scale and spread"),
        ("round", "2"),
    ):
        confirm(ask(award, official, column, value))
    row = ApiClient(users.outsider()).get(f"awards/{award.subject}/").json()
    round = Round.objects.get(name="Round 2, 2016 to 2020")
    assert row["lead"]["name"] == "City of York Council"
    assert row["lead_as_published"] == "York"
    assert [partner["name"] for partner in row["partners"]] == ["Leeds City Council"]
    assert (row["round"]["key"], row["focus_area"]) == (round.key, "Scale and spread")
    page = client.get(f"/projects/{award.subject}/").content.decode()
    for text in (
        "Lead organisation before: Hull City Council",
        "Partners before: not known",
        "Round before: Round 1, 2014 to 2016",
        "Focus area before: Rethinking children&#x27;s social work",
    ):
        assert text in page
    file = client.get("/projects.csv").getvalue().decode("utf-8-sig")
    [project] = csv.DictReader(io.StringIO(file))
    assert (project["Lead organisation"], project["Round"]) == ("York", round.name)


def test_an_award_is_not_moved_to_where_it_is_already_recorded(
    official: User,
) -> None:
    apply_import(official, AWARD | {"ID": "A2", "Round": "2"}, AWARD)
    other = ImportedCase.objects.get(sheet_id="A2")
    with pytest.raises(Invalid, match="already been recorded"):
        ask(other, official, "round", "1")


def test_the_second_person_cannot_take_what_has_become_wrong_meanwhile(
    award: ImportedCase, official: User
) -> None:
    correction = ask(award, official, "title", "Other")
    apply_import(official, AWARD | {"ID": "A2", "Title": "Other"})
    second = users.official()
    with pytest.raises(TooLate, match="This award has already"):
        confirm(correction, by=second)
    assert get_status(second, "correction-confirm", correction) == 409


def test_the_case_follows_its_lead(expression: ImportedCase, official: User) -> None:
    york = Council.objects.get(name="York").organisation
    former = users.applicant(Council.objects.get(name="Leeds").organisation)
    present = users.applicant(york)
    address = f"/apply/expressions/{expression.subject}"

    def statuses() -> list[int]:
        return [
            client_for(person).get(address).status_code for person in (former, present)
        ]

    assert statuses() == [200, 404]
    correction = ask(expression, official, "lead organisation", "York")
    assert statuses() == [200, 404]
    confirm(correction)
    assert statuses() == [404, 200]


@pytest.mark.parametrize(
    "column", ["outcome", "lead organisation", "amount", "practice models"]
)
def test_whoever_asks_for_a_column_cannot_confirm_it(
    expression: ImportedCase, official: User, column: str
) -> None:
    value = {
        "outcome": "withdrawn",
        "lead organisation": "York",
        "amount": "£1,000 in 2014-15",
        "practice models": "Pause",
    }[column]
    correction = ask(expression, official, column, value)
    for person in (official, users.outsider(), users.coach()):
        with pytest.raises(NotAllowed):
            confirm(correction, by=person)
    assert value_now(expression, column) == correction.before
