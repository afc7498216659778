"""Two people answer an import, or a correction, at the same moment."""

from datetime import datetime
from functools import partial

import pytest
from django.db import connection

from bids.domain import registers
from funding.domain import corrections, imports
from funding.models import Award, Correction, Import, ImportedCase
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.core.errors import TooLate
from tests.concurrency import run_concurrently
from tests.database_guards import disable_guards
from tests.factories import cases, users
from tests.funding.historic_cases import (
    IMPORTED_AT,
    confirm_import,
    receive_import,
)
from tests.funding.sheets import AWARD

pytestmark = pytest.mark.django_db(transaction=True)
AT: datetime = IMPORTED_AT


def waiting_import(official: User) -> Import:
    registers.load(at=AT)
    round = cases.round_(demonstration=False)
    new = {"Lead organisation": "Northern Hands", "Lead type": "Charity"}
    row = AWARD | new | {"Councils": "", "Round": round.name}
    sent = imports.apply(receive_import(official, row), by=official, at=AT)
    assert sent.state == "waiting"
    return sent


def test_an_import_is_answered_once() -> None:
    sent = waiting_import(users.official())
    effect_digest = imports.preview(sent, at=AT).effect.digest
    people = [users.official() for _ in range(4)]
    outcomes = run_concurrently(
        [
            *(
                partial(
                    imports.confirm, sent, effect_digest=effect_digest, by=by, at=AT
                )
                for by in people[:3]
            ),
            partial(imports.decline, sent, reason="No.", by=people[3], at=AT),
        ]
    )
    lost = [each for each in outcomes if isinstance(each, Exception)]
    assert [type(each) for each in lost] == [TooLate] * 3, outcomes
    sent.refresh_from_db()
    assert Award.objects.count() == (1 if sent.state == "applied" else 0)
    assert first_fault() is None


def test_without_its_lock_it_is_answered_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: reading the row without holding it lets both through."""

    def unlocked(imported: Import) -> Import:
        found = Import.objects.select_related("chain", "sent_by").get(pk=imported.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        return found

    sent = waiting_import(users.official())
    monkeypatch.setattr(imports, "_lock_waiting", unlocked)
    people = [users.official() for _ in range(2)]
    with disable_guards(Import):
        outcomes = run_concurrently(
            [
                partial(imports.decline, sent, reason="No.", by=by, at=AT)
                for by in people
            ]
        )
    assert not any(isinstance(each, Exception) for each in outcomes), outcomes


def test_a_correction_is_answered_once() -> None:
    official = users.official()
    confirm_import(waiting_import(official), at=AT)
    case = ImportedCase.objects.get()
    correction = corrections.retract(case, reason="A slip.", by=official, at=AT)
    effect_digest = corrections.preview(correction, at=AT).digest
    people = [users.official() for _ in range(4)]
    outcomes = run_concurrently(
        [
            *(
                partial(
                    corrections.confirm,
                    correction,
                    effect_digest=effect_digest,
                    by=by,
                    at=AT,
                )
                for by in people[:3]
            ),
            partial(corrections.refuse, correction, reason="No.", by=people[3], at=AT),
        ]
    )
    lost = [each for each in outcomes if isinstance(each, Exception)]
    assert [type(each) for each in lost] == [TooLate] * 3, outcomes
    correction.refresh_from_db()
    is_done = correction.state == "done"
    assert Award.objects.get().state == ("retracted" if is_done else "recorded")
    counted = figures.as_at(clock.london_day(AT))["projects_funded"]
    assert counted == (0 if is_done else 1)
    assert first_fault() is None


def test_without_its_lock_a_correction_is_answered_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: reading the row without holding it lets both through."""

    def unlocked(correction: Correction) -> Correction:
        related = ("asked_by", "award", "expression")
        found = Correction.objects.select_related(*related).get(pk=correction.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        return found

    official = users.official()
    confirm_import(waiting_import(official), at=AT)
    case = ImportedCase.objects.get()
    correction = corrections.retract(case, reason="A slip.", by=official, at=AT)
    monkeypatch.setattr(corrections, "_lock_waiting", unlocked)
    people = [users.official() for _ in range(2)]
    with disable_guards(Correction):
        outcomes = run_concurrently(
            [
                partial(corrections.refuse, correction, reason="No.", by=by, at=AT)
                for by in people
            ]
        )
    assert not any(isinstance(each, Exception) for each in outcomes), outcomes
