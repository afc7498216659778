"""What is wrong with a sheet of past cases, by row and column."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids.models import Expression
from funding.domain import imports
from funding.domain.importing import file_checker
from funding.domain.importing.file_reader import Line, Table
from funding.domain.importing.tables import Cell
from funding.models import Award
from innovation.accounts.models import User
from innovation.organisations.models import Organisation
from tests.drives import drive
from tests.factories import users
from tests.funding import sheets
from tests.funding.historic_cases import (
    IMPORTED_AT,
    apply_and_confirm,
    apply_import,
    import_problems,
    receive_import,
)
from tests.funding.sheets import AWARD, EOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


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
            "Write a date in the past; a month or a year counts from its last day",
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


def test_a_duplicate_id_is_refused_with_both_rows() -> None:
    assert import_problems(EOI, AWARD, {**EOI, "Title": "Another"}) == [
        (
            4,
            "ID (column B)",
            "“E1” is in rows 2 and 4. Give each case its own id",
        )
    ]


def test_a_check_stops_at_the_limit_of_problems() -> None:
    """Looking for what a name may mean takes a millisecond; a file has millions."""
    rows = [
        {**EOI, "Councils": ";".join(f"{row}x{number}" for number in range(300))}
        for row in range(1_000)
    ]
    content = sheets.csv_file(*rows)
    report = imports.check(content, at=IMPORTED_AT)
    assert len(report.problems) == 500
    assert {each.row for each in report.problems} == {2, 3, None}


def test_a_problem_that_many_rows_have_is_said_once_with_all_rows() -> None:
    rows = [{**EOI, "ID": number, "Amount": "tbc"} for number in range(600)]
    rows[3]["Amount"] = rows[5]["Amount"] = ""
    report = imports.check(sheets.csv_file(*rows), at=IMPORTED_AT)
    assert [(each.row, each.rows, each.sentence) for each in report.problems] == [
        (
            2,
            "2 to 4, 6 and 8 to 601",
            "“tbc” is not a value: leave the cell empty where nothing is known",
        )
    ]


def test_an_expression_like_one_imported_before_is_asked_about(official: User) -> None:
    apply_import(official, EOI)
    expression = Expression.objects.get()
    duplicate = {**EOI, "ID": "E9", "Title": "Peer-mentors"}
    assert receive_import(official, duplicate).notices == [
        f"“Peer-mentors” may be {expression.key}, which has the same lead, so check "
        "that it is not counted twice: row 2."
    ]


def test_an_award_recorded_before_is_refused_however_it_is_written(
    official: User,
) -> None:
    apply_import(official, AWARD)
    received = receive_import(official, {**AWARD, "ID": "A9", "Title": "FAMILY-hubs."})
    [problem] = received.problems
    assert problem["sentence"] == (
        "This award has already been recorded, with the same lead"
    )


@pytest.mark.parametrize(
    ("row", "notice"),
    [
        ({"Amount precision": "about"}, "The precision and the financial year are left "
         "out, as there is no amount: row 2."),
        ({"Amount": "about £5,000", "Financial year": "2014"},
         "The precision is left out, as an EOI has only an amount: row 2."),
        ({"Date": "June 2014"}, "A month or a year counts from its last day: row 2."),
        ({"Lead type": "charity"}, "We left out the lead type “charity”, as Leeds City "
         "Council is known here as Local authority: row 2."),
        ({"Company number": "12"}, "We do not know the company number, so we left it "
         "out and used the name: row 2."),
    ],
)  # fmt: skip
def test_what_is_not_kept_of_an_expression_is_named(
    official: User, row: dict[str, object], notice: str
) -> None:
    assert receive_import(official, {**EOI, **row}).notices == [notice]


def test_a_lead_is_found_by_its_number_and_another_name_is_named(
    official: User,
) -> None:
    row = {**AWARD, "Lead organisation": "Kingston Hub", "Lead identifier": "810"}
    imported = apply_import(official, row)
    assert imported.notices == [
        "We do not know “Kingston Hub”, so we took Hull City Council, whose number it "
        "has: row 2."
    ]
    award = Award.objects.get()
    assert award.lead is not None
    assert (award.lead.council_id, award.lead_as_published) == ("810", "Kingston Hub")


def test_the_same_award_under_two_ids_is_named() -> None:
    [(row, _, sentence)] = import_problems(AWARD, {**AWARD, "ID": "A2"})
    assert (row, sentence) == (3, "Rows 2 and 3 are the same award")


def test_an_organisation_not_known_needs_its_type(official: User) -> None:
    row = {**EOI, "Lead organisation": "Open Doors"}
    [(_, column, sentence)] = import_problems(row)
    assert column == "Lead organisation (column D)"
    assert sentence.startswith("“Open Doors” is not known here.")
    named = {**row, "Lead type": "Charity"}
    imported = receive_import(official, named, {**named, "ID": "E2", "Title": "Two"})
    assert imported.notices == ["New organisations will be added: Open Doors."]
    apply_and_confirm(imported, official)
    organisation = Organisation.objects.get(name="Open Doors")
    assert (organisation.applicant_type, organisation.identifiers.count()) == (
        "charity",
        0,
    )
    assert Expression.objects.filter(lead=organisation).count() == 2


@pytest.mark.parametrize("way", [1, -1])
def test_a_new_partner_takes_its_kind_from_a_row_that_it_leads(
    official: User, way: int
) -> None:
    lead = {**EOI, "ID": "E2", "Title": "Two", "Lead organisation": "Open Doors",
            "Lead type": "charity"}  # fmt: skip
    rows = [{**EOI, "Partners": "open doors; Hull"}, lead][::way]
    imported = apply_import(official, *rows)
    assert (imported.state, imported.expressions) == ("applied", 2)
    organisation = Organisation.objects.get(name="Open Doors")
    assert organisation.applicant_type == "charity"
    partners = Expression.objects.get(title="Peer mentors").partners
    assert {one.name for one in partners.all()} == {"Open Doors", "Hull City Council"}
    assert apply_import(official, *rows).unchanged == 2


def test_the_kind_of_a_new_partner_can_be_in_brackets(official: User) -> None:
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
    organisation = Organisation.objects.get(name="Open Doors")
    assert organisation.applicant_type == "social_enterprise"
    assert apply_import(official, *rows).unchanged == 2


def test_an_unknown_council_is_not_added_as_an_organisation() -> None:
    [(_, _, sentence)] = import_problems({**EOI, "Partners": "Leedz (council)"})
    assert sentence == "“Leedz” is not a council; did you mean Leeds?"


def test_organisations_of_the_demonstration_are_not_found(official: User) -> None:
    made_up = users.organisation("Made up")
    row = {**EOI, "Lead organisation": made_up.name}
    assert import_problems(row)[0][1] == "Lead organisation (column D)"


CELLS = st.one_of(st.text(max_size=30), st.floats(), st.dates(), st.just("1"))
HEADERS = ("kind", "id", "title", "lead", "councils", "round", "date", "amount")


@drive(20, all=100)
@given(st.lists(st.tuples(st.sampled_from(["EOI", "award", ""]), *[CELLS] * 7)))
def test_any_cells_give_a_report_whose_problems_are_sentences(
    rows: list[tuple[Cell, ...]],
) -> None:
    lines = [Line(1, HEADERS), *(Line(n, row) for n, row in enumerate(rows, 2))]
    report = file_checker.check_table(Table(lines), today=date(2022, 1, 10))
    for problem in report.problems:
        assert problem.sentence[0].isupper() or problem.sentence[0] == "“"
