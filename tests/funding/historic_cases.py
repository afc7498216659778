"""Past cases brought in from sheets, as an official does it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from funding.domain import imports
from funding.models import Import
from innovation.accounts.models import User
from tests.factories import users
from tests.funding import sheets

IMPORTED_AT = datetime(2022, 1, 10, 12, 0, tzinfo=UTC)


def receive_import(official: User, *rows: Mapping[str, object]) -> Import:
    return imports.receive(
        sheets.csv_file(*rows), file_name="past.csv", by=official, at=IMPORTED_AT
    )


def apply_import(official: User, *rows: Mapping[str, object]) -> Import:
    return apply_and_confirm(receive_import(official, *rows), official)


def apply_and_confirm(
    received: Import, official: User, *, at: datetime = IMPORTED_AT
) -> Import:
    """Apply a file, by two people if it has cases of the past."""
    applied = imports.apply(received, by=official, at=at)
    if applied.state == "waiting":
        return confirm_import(applied, at=at)
    return applied


def confirm_import(waiting: Import, *, at: datetime = IMPORTED_AT) -> Import:
    effect_digest = imports.preview(waiting, at=at).effect.digest
    return imports.confirm(
        waiting, effect_digest=effect_digest, by=users.official(), at=at
    )


def import_problems(*rows: Mapping[str, object]) -> list[tuple[int | None, str, str]]:
    report = imports.check(sheets.csv_file(*rows), at=IMPORTED_AT)
    return [(each.row, each.column, each.sentence) for each in report.problems]
