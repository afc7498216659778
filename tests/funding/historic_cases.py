"""Past cases brought in from sheets, as an official does it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from funding.domain import imports
from funding.models import Import
from innovation.accounts.models import User
from tests.funding import sheets

AT = datetime(2022, 1, 10, 12, 0, tzinfo=UTC)


def received(official: User, *rows: Mapping[str, object]) -> Import:
    return imports.receive(
        sheets.csv_file(*rows), file_name="past.csv", by=official, at=AT
    )


def applied(official: User, *rows: Mapping[str, object]) -> Import:
    return imports.apply(received(official, *rows), by=official, at=AT)


def problems(*rows: Mapping[str, object]) -> list[tuple[int | None, str, str]]:
    report = imports.check(sheets.csv_file(*rows), at=AT)
    return [(each.row, each.column, each.sentence) for each in report.problems]
