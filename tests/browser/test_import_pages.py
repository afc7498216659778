"""The import pages, wide and narrow, from the empty list to the cases brought in."""

from pathlib import Path

import pytest

from bids.domain import registers as registers
from funding.models import Award
from innovation.core import clock
from innovation.organisations.domain import councils as councils
from tests.browser.fixtures import EACH_WIDTH, Visit
from tests.factories import users
from tests.funding import sheets
from tests.funding.historic_cases import apply_import
from tests.funding.sheets import AWARD, EOI

pytestmark = pytest.mark.browser


@EACH_WIDTH
def test_past_cases_are_brought_in(width: int, visit: Visit, tmp_path: Path) -> None:
    councils.load(at=clock.now())
    registers.load(at=clock.now())
    invalid_file, valid_file = tmp_path / "wrong.csv", tmp_path / "right.csv"
    invalid_file.write_bytes(
        sheets.csv_file({**EOI, "Date": "soon", "Star sign": "Leo"})
    )
    valid_file.write_bytes(sheets.csv_file(EOI, AWARD))
    visitor = visit(width=width)
    visitor.sign_in(users.official())

    page = visitor.go("/import/")
    assert page.inner_text("main").endswith("No file has been sent yet.")
    for file in (invalid_file, valid_file):
        page.click("text=Check a file")
        page.set_input_files("input[type=file]", file)
        page.click("button:text-is('Check the file')")
        page.wait_for_url("**/import/IMP-*/")
        visitor.check(f"import/{file.stem}")
        if file == invalid_file:
            assert page.inner_text("td:has-text('column F')") == "Date (column F)"
            page.click("a:text-is('Back')")
    page.click("text=See what changes")
    visitor.check("import/apply")
    page.click("button:text-is('Send to a second person')")
    page.wait_for_url("**/import/IMP-*/")
    visitor.check("import/waiting")

    visitor.sign_in(users.official())
    visitor.go("/import/")
    page.click("text=right.csv")
    page.click("text=See what changes")
    visitor.check("import/confirm")
    page.click("button:text-is('Confirm and import the cases')")
    page.wait_for_url("**/import/IMP-*/")
    assert page.inner_text(".app-subject .govuk-tag") == "Imported"
    assert Award.objects.get().title == "Family hubs"
    visitor.check("import/applied")
    visitor.go("/?as_at=2015-02-28")
    assert "1 more project funded" in page.inner_text("main")
    visitor.check("import/front")
    visitor.go("/import/")
    visitor.check("import/list")


@EACH_WIDTH
def test_a_past_case_is_corrected_by_two_people(width: int, visit: Visit) -> None:
    councils.load(at=clock.now())
    registers.load(at=clock.now())
    official, second = users.official(), users.official()
    apply_import(official, AWARD)
    visitor = visit(width=width)
    visitor.sign_in(official)
    page = visitor.go("/import/cases/")
    visitor.check("corrections/cases")
    page.click("text=Family hubs")
    visitor.check("corrections/case")
    page.click("text=Correct it")
    visitor.check("corrections/ask")
    page.click("label:text-is('Councils')")
    page.fill("textarea[name=value]", "Leeds; York; Kent")
    page.fill("textarea[name=reason]", "The press notice names three councils.")
    page.click("button:text-is('Send to a second person')")
    page.wait_for_url("**/import/cases/AWD-*/")

    visitor.sign_in(second)
    page = visitor.go("/corrections/")
    visitor.check("corrections/list")
    page.click("text=Correct the councils")
    visitor.check("corrections/correction")
    page.click("text=See what changes")
    visitor.check("corrections/confirm")
    page.click("button:text-is('Confirm')")
    page.wait_for_url("**/corrections/COR-*/")
    visitor.check("corrections/done")
    visitor.go(f"/projects/{Award.objects.get().key}/")
    assert "Councils before: " in page.inner_text("main")
    visitor.check("corrections/project")
