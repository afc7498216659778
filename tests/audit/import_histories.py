"""Imports and corrections of past cases, in each of their states."""

from bids.domain import registers
from funding.domain import corrections, imports
from funding.models import Correction, Import
from innovation.accounts.models import User
from tests.dates import moment_after
from tests.factories import cases, users
from tests.funding import sheets
from tests.funding.historic_cases import apply_and_confirm

IMPORTED_AT = moment_after(days=365)


def build_import_histories() -> None:
    """One applied, one refused, one that waits."""
    registers.load(at=IMPORTED_AT)
    official, pilot = users.official(), cases.round_(name="Pilot")
    new = {"Lead organisation": "Northern Hands", "Lead type": "Charity"}
    eoi = sheets.EOI | new | {"Round": pilot.name, "Date": "12/11/2014"}
    award = sheets.AWARD | new | {"Round": pilot.name, "Councils": ""}
    for rows in ([eoi, award], [eoi | {"Date": "soon"}], [eoi | {"ID": "E2"}]):
        import_ = imports.receive(
            sheets.csv_file(*rows), file_name="past.csv", by=official, at=IMPORTED_AT
        )
        if rows[0] is eoi:
            applied = apply_and_confirm(import_, official, at=IMPORTED_AT)
            assert applied.state == "applied", applied.problems
            _correct(applied, official)


def _correct(applied: Import, official: User) -> None:
    """One correction done, one refused, one retraction done and one that waits."""
    first, second = applied.cases.order_by("id")
    at = IMPORTED_AT
    for case, column, value in ((first, "notes", "By hand."), (second, "title", "Hub")):
        correction = corrections.correct(
            case, column=column, value=value, reason="A slip.", by=official, at=at
        )
        _confirm(correction)
    refused = corrections.retract(first, reason="A slip.", by=official, at=at)
    corrections.refuse(refused, reason="It is ours.", by=users.official(), at=at)
    _confirm(corrections.retract(first, reason="A slip.", by=official, at=at))
    corrections.retract(second, reason="A slip.", by=official, at=at)


def _confirm(correction: Correction) -> None:
    effect_digest = corrections.preview(correction, at=IMPORTED_AT).digest
    corrections.confirm(
        correction, effect_digest=effect_digest, by=users.official(), at=IMPORTED_AT
    )
