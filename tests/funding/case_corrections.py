"""Corrections of imported cases, as two people make them."""

from datetime import date, datetime, timedelta

from funding.domain import corrections
from funding.models import Correction, ImportedCase
from innovation.accounts.models import User
from innovation.core import clock
from tests.factories import users
from tests.funding.historic_cases import IMPORTED_AT

AT = IMPORTED_AT + timedelta(days=3)
TODAY = clock.london_day(AT)
AWARD_DAY = date(2015, 2, 28)
SENT_ON = date(2014, 6, 5)


def imported(kind: str) -> ImportedCase:
    return ImportedCase.objects.get(kind=kind)


def ask(
    case: ImportedCase, official: User, column: str = "", value: str = ""
) -> Correction:
    """Ask for a correction, or for a retraction if no column is named."""
    if not column:
        return corrections.retract(case, reason="A slip.", by=official, at=AT)
    return corrections.correct(
        case, column=column, value=value, reason="A slip.", by=official, at=AT
    )


def confirm(
    correction: Correction, *, by: User | None = None, at: datetime = AT
) -> Correction:
    correction = Correction.objects.get(pk=correction.pk)
    effect_digest = corrections.preview(correction, at=at).digest
    return corrections.confirm(
        correction, effect_digest=effect_digest, by=by or users.administrator(), at=at
    )
