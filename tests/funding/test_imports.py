"""Bringing in past cases: checked first, all or nothing, safe to repeat."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bids.models import Expression
from funding.domain import imports
from funding.models import Award, Import, ImportedCase
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core import limits
from innovation.core.clock import end_of_day
from innovation.core.errors import NotAllowed, TooLate
from innovation.core.money import Money
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


def test_a_check_writes_only_the_record_of_the_file(official: User) -> None:
    imported = receive_import(official, EOI, AWARD)
    assert (imported.state, imported.rows, imported.expressions, imported.awards) == (
        "checked", 2, 1, 1,
    )  # fmt: skip
    assert (Expression.objects.count(), Award.objects.count()) == (0, 0)
    assert [event.name for event in imported.chain.events.all()] == ["import.checked"]


def test_an_award_is_imported_with_all_its_cells(official: User) -> None:
    imported = apply_import(official, AWARD)
    assert (imported.state, imported.awards, bytes(imported.content or b"")) == (
        "applied",
        1,
        sheets.csv_file(AWARD),
    )
    award = Award.objects.get()
    assert (award.title, award.state) == ("Family hubs", "recorded")
    assert (award.amount, award.amount_precision) == (Money(123_450), "not stated")
    assert award.money_lines.get().precision == "not stated"
    assert (award.dated_on, award.date_precision) == (date(2015, 2, 28), "day")
    assert award.announced_on == award.dated_on
    assert award.lead is not None
    assert award.lead.council_id == "810"
    assert set(award.councils.values_list("pk", flat=True)) == {"810", "383"}
    assert award.idea_type is not None
    assert award.idea_type.redesigns_social_work
    event = award.chain.events.get()
    assert (event.name, event.at) == (
        "award.recorded", end_of_day(date(2015, 2, 28)),
    )  # fmt: skip
    assert event.data["import"] == imported.key
    assert figures.as_at(date(2015, 2, 28)) == {
        "projects_funded": 1,
        "councils_redesigning": 2,
    }


def test_amounts_are_in_the_unit_of_their_header(official: User) -> None:
    row = {**AWARD, "Award (£m)": "4.8"}
    del row["Amount"]
    apply_import(official, row)
    assert Award.objects.get().amount == Money.pounds(4_800_000)
    row["Award ($m)"] = row.pop("Award (£m)")
    assert [column for _, column, _ in import_problems(row)] == [
        "Award ($m) (column K)"
    ]


def test_unusual_amounts_are_noted(official: User) -> None:
    small_rows = [
        {**AWARD, "ID": n, "Title": n, "Amount": "4.8"} for n in "BCDEFGHIJKLM"
    ]
    large = {**AWARD, "Amount": "101m", "Financial year": "2014-15"}
    imported = receive_import(
        official, *small_rows, large, {**AWARD, "ID": "Z", "Title": "Fine"}
    )
    assert (imported.state, imported.notices) == ("checked", [
        "The amount is below £1,000, so check its unit: "
        "rows 2 to 13.",
        "The amount is above £100,000,000, so check its unit: row 14.",
        "The financial year is left out, as an award has one amount for all years: "
        "row 14.",
    ])  # fmt: skip


def test_an_expression_is_counted_from_the_day_it_was_sent(official: User) -> None:
    ended = {"Outcome": "Rejected", "Outcome date": "1 Sept 2014"}
    values = {"Amount": "50k", "Financial year": "2014-15", "Partners": "Pause",
             "Councils": "Leeds"}  # fmt: skip
    apply_import(official, {**EOI, **ended}, {**EOI, **values, "ID": "E2"} | {
        "Partners": "", "Title": "Another"})  # fmt: skip
    first = Expression.objects.get(title="Peer mentors")
    assert (first.state, first.submitted_at) == (
        "declined", end_of_day(date(2014, 6, 5)),
    )  # fmt: skip
    assert (first.lead.council_id, first.submitted_by) == ("383", None)
    event = first.chain.events.get()
    assert event.name == "expression.recorded"
    assert event.data["ended_on"] == "2014-09-01"
    second = Expression.objects.get(title="Another")
    assert list(second.money.values_list("financial_year", "amount")) == [
        (2014, Money.pounds(50_000))
    ]
    assert figures.as_at(date(2014, 6, 4)) == {}
    assert figures.as_at(date(2014, 6, 5)) == {"expressions": 2}
    assert first_fault() is None


def test_only_notes_keep_their_line_breaks(official: User) -> None:
    row = {**EOI, "Title": "Peer\nmentors", "Notes": "One \r\n\r\n two\nthree\n"}
    apply_import(official, row)
    expression = Expression.objects.get()
    assert (expression.title, expression.summary) == (
        "Peer mentors",
        "One\n\ntwo\nthree",
    )
    assert apply_import(official, {**row, "Notes": "One two three"}).unchanged == 1


def test_the_same_file_twice_changes_nothing(official: User) -> None:
    apply_import(official, EOI, AWARD)
    before = Event.objects.exclude(name__startswith="import.").count()
    imported = apply_import(official, EOI, AWARD)
    assert (imported.state, imported.unchanged) == ("applied", 2)
    assert (imported.expressions, imported.awards) == (0, 0)
    assert Event.objects.exclude(name__startswith="import.").count() == before
    assert (Expression.objects.count(), Award.objects.count()) == (1, 1)


def test_the_same_cases_saved_as_a_workbook_change_nothing(official: User) -> None:
    row = {**EOI, "Date": "28/02/2015", "Amount": "1234.50",
           "Financial year": "2014"}  # fmt: skip
    apply_import(official, row)
    cells: list[str | date] = [*row.values()]
    place = [*row].index("Date")
    cells[place] = date(2015, 2, 28)
    values: list[object] = [
        42063 if isinstance(cell, date) else
        float(cell) if str(cell) in {"1", "1234.50", "2014"} else cell
        for cell in cells
    ]  # fmt: skip
    imported = imports.receive(
        sheets.xlsx_file([[*row], values]),
        file_name="b.xlsx",
        by=official,
        at=IMPORTED_AT,
    )
    assert (imported.problems, imported.unchanged) == ([], 1)


def test_a_changed_row_with_an_imported_id_is_refused_with_what_differs(
    official: User,
) -> None:
    apply_import(official, EOI, AWARD)
    key = Expression.objects.get().key
    [(row, column, sentence)] = import_problems({**EOI, "Title": "Something else"})
    assert (row, column) == (2, "ID (column B)")
    assert sentence == (
        f"“E1” was already imported as {key}, and differs from it in: title. You "
        "cannot change an imported case. To import the other rows, remove this row or "
        "restore its values. Do not give it another id, or the case will be counted "
        "twice"
    )


@pytest.mark.parametrize(
    ("row", "others"),
    [
        ({**EOI, "Round": "2", "Councils": "Leeds"}, "round, councils"),
        ({**EOI, "Date": "6/6/2014", "Partners": "Hull"}, "partners, date"),
        ({**EOI, "Lead organisation": "Hull"}, "lead organisation"),
        ({**EOI, "Amount": "5k", "Financial year": "2014"}, "amount"),
        ({**EOI, "Outcome": "declined", "Notes": "No"}, "outcome, notes"),
        ({**EOI, "Maturity": "i2"}, "other facts"),
        ({**AWARD, "Amount": "2000", "Date": "1 Mar 2015"}, "date, amount"),
        ({**AWARD, "Lead organisation": "Leeds"}, "lead organisation"),
        ({**AWARD, "Source": "a letter", "Notes": "No"}, "source, notes"),
    ],
)
def test_the_message_names_the_changed_columns(
    official: User, row: dict[str, object], others: str
) -> None:
    apply_import(official, EOI, AWARD)
    [(_, _, sentence)] = import_problems(row)
    assert f" differs from it in: {others}. " in sentence


def test_one_problem_stops_the_whole_file(official: User) -> None:
    imported = receive_import(official, EOI, {**AWARD, "Date": "31/02/2015"})
    assert (imported.state, imported.content) == ("refused", None)
    assert imported.problems == [
        {
            "row": 3,
            "rows": "3",
            "column": "Date (column F)",
            "sentence": "Write the date like 28/02/2015, 28 Feb 2015, Feb 2015 or 2015",
        }
    ]
    with pytest.raises(TooLate):
        imports.apply(imported, by=official, at=IMPORTED_AT)
    assert Expression.objects.count() == 0


def test_unknown_columns_are_named_and_missing_ones_refused(official: User) -> None:
    imported = receive_import(official, {**EOI, "Star sign": "Leo"})
    assert imported.notices == [
        "We do not know the column Star sign (column G), so we left it out."
    ]
    assert import_problems({"Kind": "EOI", "Title": "Hub"}) == [
        (1, name, f"Add a column “{name}”: the first row holds headers")
        for name in ("id", "round", "date")
    ]


def test_a_file_that_is_no_table_is_recorded_as_refused(official: User) -> None:
    imported = imports.receive(
        b"\x89PNG\x00", file_name="x\n.png", by=official, at=IMPORTED_AT
    )
    assert (imported.state, imported.file_name) == ("refused", "x.png")
    assert "cannot be read as a table" in imported.problems[0]["sentence"]


def test_a_file_is_checked_again_when_it_is_applied(official: User) -> None:
    first, second = (
        receive_import(official, AWARD),
        receive_import(official, {**AWARD, "ID": "Z"}),
    )
    apply_and_confirm(first, official)
    imported = imports.apply(second, by=official, at=IMPORTED_AT)
    assert (imported.state, imported.applied_at) == ("refused", None)
    assert imported.problems[0]["sentence"] == (
        "This award has already been recorded, with the same lead"
    )
    assert Award.objects.count() == 1


def test_a_file_is_applied_once(official: User) -> None:
    imported = apply_import(official, EOI)
    with pytest.raises(TooLate):
        imports.apply(imported, by=official, at=IMPORTED_AT)


def test_a_failed_import_writes_nothing_and_can_be_applied_again(
    official: User,
) -> None:
    checked = receive_import(official, EOI, AWARD)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE funding_moneyline ADD CONSTRAINT full_disk CHECK (false)"
        )
        stopped = apply_and_confirm(checked, official)
        cursor.execute("ALTER TABLE funding_moneyline DROP CONSTRAINT full_disk")
    assert stopped.state == "failed"
    assert (Expression.objects.count(), ImportedCase.objects.count()) == (0, 0)
    imported = apply_and_confirm(stopped, official)
    assert (imported.state, Expression.objects.count()) == ("applied", 1)


@pytest.mark.parametrize("who", ["outsider", "coach", "finance", "analyst"])
def test_only_users_with_permission_can_import(official: User, who: str) -> None:
    outsider = getattr(users, who)()
    with pytest.raises(NotAllowed):
        receive_import(outsider, EOI)
    with pytest.raises(NotAllowed):
        imports.apply(receive_import(official, EOI), by=outsider, at=IMPORTED_AT)
    assert Expression.objects.count() == 0


def test_the_command_checks_and_applies(official: User, tmp_path: Path) -> None:
    file = tmp_path / "past.csv"
    file.write_bytes(sheets.csv_file(EOI, AWARD))
    output = StringIO()
    call_command("import_cases", str(file), stdout=output)
    assert output.getvalue().splitlines()[0] == (
        "2 rows: 1 expressions of interest and 1 awards are new, "
        "0 were already imported."
    )
    assert Import.objects.count() == 0
    assert (
        "Projects funded as at 28 February 2015: 0 before, 1 after" in output.getvalue()
    )
    command = ("import_cases", str(file), "--apply", "--by", official.email)
    call_command(*command, stdout=output)
    assert output.getvalue().endswith(": Waiting for a second person\n")
    assert Award.objects.count() == 0
    with pytest.raises(CommandError, match="You sent this file"):
        call_command(*command, "--confirmed-by", official.email, stdout=output)
    second = users.administrator()
    call_command(*command, "--confirmed-by", second.email, stdout=output)
    assert output.getvalue().splitlines()[-1].endswith(": Applied")
    imported = Import.objects.get(state="applied")
    assert (imported.sent_by, imported.applied_by) == (official, second)
    assert Award.objects.count() == 1


def test_the_command_names_problems_and_fails(official: User, tmp_path: Path) -> None:
    file = tmp_path / "past.csv"
    file.write_bytes(sheets.csv_file({**EOI, "Date": "soon"}))
    output = StringIO()
    with pytest.raises(CommandError, match="1 problems: nothing was written"):
        call_command("import_cases", str(file), "--apply", "--by", official.email,
                     stdout=output)  # fmt: skip
    assert "Row 2, Date (column F): Write the date like" in output.getvalue()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_cases", str(tmp_path / "none.csv"))


def test_problems_with_long_cells_are_shortened(official: User) -> None:
    """All of their words would not fit into the row of the import."""
    long = {**EOI, "Round": "x" * limits.TEXT}
    imported = receive_import(official, *({**long, "ID": f"E{n}"} for n in range(60)))
    assert imported.state == "refused"
    assert max(len(each["sentence"]) for each in imported.problems) == limits.PROBLEM
