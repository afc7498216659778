"""What is wrong with a sheet of past cases, by row and column."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bids.models import Expression
from funding.domain import imports
from funding.domain.importing import file_checker
from funding.domain.importing.file_reader import Line
from funding.domain.importing.tables import Cell
from innovation.accounts.models import User
from innovation.organisations.models import Organisation
from tests.factories import users
from tests.funding import sheets
from tests.funding.historic_cases import (
    IMPORTED_AT,
    apply_import,
    import_problems,
    receive_import,
)
from tests.funding.sheets import AWARD, EOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


@pytest.fixture
def official() -> User:
    return users.official()


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ({**EOI, "Kind": "bid"}, "Kind (column A)", "Write EOI or award"),
        ({**EOI, "ID": ""}, "ID (column B)", "Fill in the id"),
        ({**EOI, "Title": ""}, "Title (column C)", "Fill in the title"),
        (
            {**EOI, "Lead organisation": ""},
            "Lead organisation (column D)",
            "Write who submitted it",
        ),
        (
            {**EOI, "Round": "9"},
            "Round (column E)",
            "“9” is not a round of the programme",
        ),
        (
            {**EOI, "Date": "2022"},
            "Date (column F)",
            "Write a date that is not in the future; a month or a year counts from its "
            "last day",
        ),
        (
            {**AWARD, "Source": ""},
            "Source (column K)",
            "Fill in the source",
        ),
        (
            {**AWARD, "Councils": "Hull; Leedz"},
            "Councils (column E)",
            "“Leedz” is not a council; did you mean Leeds?",
        ),
        (
            {**EOI, "Councils": "Northamptonshire", "Date": "1 May 2021"},
            "Councils (column G)",
            "Northamptonshire closed on 31 March 2021; write its successor: "
            "North Northamptonshire and West Northamptonshire",
        ),
        (
            {**EOI, "Amount": "£5,000"},
            "financial year",
            "Write the financial year of the amount",
        ),
        (
            {**EOI, "Amount": "plenty"},
            "Amount (column G)",
            "Write an amount like £1,234.50, 4.8m or up to £1m",
        ),
        (
            {**EOI, "Outcome": "declined", "Outcome date": "1/1/2014"},
            "Outcome date (column H)",
            "Write a date that is not before the date",
        ),
        (
            {**EOI, "Idea type": "magic"},
            "Idea type (column G)",
            "“magic” is not an idea type",
        ),
        ({**EOI, "Maturity": "i9"}, "Maturity (column G)", "Write i1, i2 or i3"),
    ],
)
def test_each_problem_is_named_by_row_and_column(
    row: dict[str, object], column: str, sentence: str
) -> None:
    assert import_problems(row) == [(2, column, sentence)]


def test_an_id_that_stands_twice_is_named_with_both_rows() -> None:
    assert import_problems(EOI, AWARD, {**EOI, "Title": "Another"}) == [
        (
            4,
            "ID (column B)",
            "“E1” is in rows 2 and 4: each case needs its own id",
        )
    ]


def test_a_check_ends_where_there_is_no_room_for_more_problems() -> None:
    """Looking for what a name may mean takes a millisecond; a file has millions."""
    row = {**EOI, "Councils": ";".join(["x"] * 900)}
    content = sheets.csv_file(*[row] * 1_000)
    report = imports.check(content, at=IMPORTED_AT)
    assert len(report.problems) == 500
    assert {each.row for each in report.problems} == {2, None}


def test_the_same_award_under_two_ids_is_named() -> None:
    [(row, _, sentence)] = import_problems(AWARD, {**AWARD, "ID": "A2"})
    assert (row, sentence) == (3, "Rows 2 and 3 are the same award")


def test_an_organisation_not_known_needs_its_type(official: User) -> None:
    row = {**EOI, "Lead organisation": "Open Doors"}
    [(_, column, sentence)] = import_problems(row)
    assert column == "Lead organisation (column D)"
    assert sentence.startswith("“Open Doors” is not known here.")
    named = {**row, "Lead type": "Charity"}
    found = receive_import(official, named, {**named, "ID": "E2", "Title": "Two"})
    assert found.notices == ["New organisations will be added: Open Doors."]
    imports.apply(found, by=official, at=IMPORTED_AT)
    made = Organisation.objects.get(name="Open Doors")
    assert (made.applicant_type, made.identifiers.count()) == ("charity", 0)
    assert Expression.objects.filter(lead=made).count() == 2


@pytest.mark.parametrize("way", [1, -1])
def test_a_partner_may_be_new_as_the_lead_of_another_row(
    official: User, way: int
) -> None:
    lead = {**EOI, "ID": "E2", "Title": "Two", "Lead organisation": "Open Doors",
            "Lead type": "charity"}  # fmt: skip
    rows = [{**EOI, "Partners": "open doors; Hull"}, lead][::way]
    found = apply_import(official, *rows)
    assert (found.state, found.expressions) == ("applied", 2)
    made = Organisation.objects.get(name="Open Doors")
    assert made.applicant_type == "charity"
    partners = Expression.objects.get(title="Peer mentors").partners
    assert {one.name for one in partners.all()} == {"Open Doors", "Hull City Council"}
    assert apply_import(official, *rows).unchanged == 2


def test_a_partner_may_say_in_brackets_what_it_is(official: User) -> None:
    [(_, column, sentence)] = import_problems({**EOI, "Partners": "Open Doors"})
    assert column == "Partners (column G)"
    assert sentence.startswith(
        "“Open Doors” is not known here. Correct it, or say in brackets, like "
        "“Open Doors (charity)”, what it is: charity, company,"
    )
    rows = [
        {**EOI, "Partners": "Open Doors (Social  enterprise); Hull (council)"},
        {**EOI, "ID": "E2", "Title": "Two", "Partners": "Open doors"},
    ]
    assert apply_import(official, *rows).expressions == 2
    made = Organisation.objects.get(name="Open Doors")
    assert made.applicant_type == "social_enterprise"
    assert apply_import(official, *rows).unchanged == 2


def test_a_council_that_is_none_is_no_newcomer() -> None:
    [(_, _, sentence)] = import_problems({**EOI, "Partners": "Leedz (council)"})
    assert sentence == "“Leedz” is not a council; did you mean Leeds?"


def test_a_made_up_organisation_is_never_met(official: User) -> None:
    made_up = users.organisation("Made up")
    row = {**EOI, "Lead organisation": made_up.name}
    assert import_problems(row)[0][1] == "Lead organisation (column D)"


CELLS = st.one_of(st.text(max_size=30), st.floats(), st.dates(), st.just("1"))
HEADERS = ("kind", "id", "title", "lead", "councils", "round", "date", "amount")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["EOI", "award", ""]), *[CELLS] * 7)))
def test_any_cells_give_a_report_whose_problems_are_sentences(
    rows: list[tuple[Cell, ...]],
) -> None:
    lines = [Line(1, HEADERS), *(Line(n, row) for n, row in enumerate(rows, 2))]
    report = file_checker.check_lines(lines, today=date(2022, 1, 10))
    for problem in report.problems:
        assert problem.sentence[0].isupper() or problem.sentence[0] == "“"
