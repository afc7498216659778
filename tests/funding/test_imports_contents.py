"""All that a file may hold, and what becomes of it: one case for each line of the table
in docs/importing.md.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.conf import settings

from funding.domain import imports
from funding.domain.importing.planned_case import PlannedCase
from tests.funding.historic_cases import IMPORTED_AT
from tests.funding.table_contents import TABLES
from tests.funding.workbook_contents import WORKBOOKS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]

CASES = {**TABLES, **WORKBOOKS}


@pytest.mark.parametrize("name", CASES)
def test_what_a_file_holds_is_read_or_named(name: str) -> None:
    contents = CASES[name]
    report = imports.check(contents.make(), at=IMPORTED_AT)
    problems = [(each.rows, each.column, each.sentence) for each in report.problems]
    assert [problem[:2] for problem in problems] == [
        problem[:2] for problem in contents.problems
    ]
    for problem, expected in zip(problems, contents.problems, strict=True):
        assert problem[2].startswith(expected[2])
    assert len(report.notices) == len(contents.notices)
    for notice, beginning in zip(report.notices, contents.notices, strict=True):
        assert notice.startswith(beginning)
    if contents.cases is not None:
        assert len(report.cases) == contents.cases
    for fact, value in contents.facts.items():
        assert getattr(first_case(report.cases), fact) == value


def first_case(cases: Sequence[tuple[PlannedCase, str]]) -> PlannedCase:
    return cases[0][0]


def test_the_document_has_a_line_for_each_case() -> None:
    text = (Path(settings.BASE_DIR) / "docs" / "importing.md").read_text()
    table = text.partition("## What else a file may hold")[2].partition("\n## ")[0]
    lines = re.findall(r"^\| (.+?) \| (?:read|notice|problem)\b", table, re.MULTILINE)
    assert lines == list(CASES)
