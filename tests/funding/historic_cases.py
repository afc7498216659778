"""Past cases brought in from sheets, as an official does it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from funding.domain import imports
from funding.models import Import
from innovation.accounts.models import User
from tests.funding import sheets

IMPORTED_AT = datetime(2022, 1, 10, 12, 0, tzinfo=UTC)


def receive_import(official: User, *rows: Mapping[str, object]) -> Import:
    return imports.receive(
        sheets.csv_file(*rows), file_name="past.csv", by=official, at=IMPORTED_AT
    )


def apply_import(official: User, *rows: Mapping[str, object]) -> Import:
    return imports.apply(receive_import(official, *rows), by=official, at=IMPORTED_AT)


def import_problems(*rows: Mapping[str, object]) -> list[tuple[int | None, str, str]]:
    report = imports.check(sheets.csv_file(*rows), at=IMPORTED_AT)
    return [(each.row, each.column, each.sentence) for each in report.problems]
