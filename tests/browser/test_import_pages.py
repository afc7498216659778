"""The import pages, wide and narrow, from the empty list to the cases brought in."""

from pathlib import Path
from typing import Any

import pytest

from bids.domain import registers as registers
from funding.models import Award
from innovation.core import clock
from innovation.organisations.domain import councils as councils
from tests.browser.fixtures import EACH_WIDTH
from tests.factories import users
from tests.funding import sheets
from tests.funding.sheets import AWARD, EOI

pytestmark = pytest.mark.browser


@EACH_WIDTH
def test_past_cases_are_brought_in(width: int, visit: Any, tmp_path: Path) -> None:
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
            page.click("text=Back")
    page.click("text=Import 2 cases")
    visitor.check("import/apply")
    page.click("button:text-is('Import them')")
    page.wait_for_url("**/import/IMP-*/")

    assert page.inner_text(".app-subject .govuk-tag") == "Applied"
    assert Award.objects.get().title == "Family hubs"
    visitor.go("/import/")
    visitor.check("import/list")
