"""The database lets a correction change the column that it corrects, and no other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, transaction

from bids.models import Expression, IdeaType, PracticeModel, Round
from funding.models import Award, Correction, ImportedCase
from innovation.accounts.models import User
from innovation.core.money import Money
from innovation.organisations.models import Council
from tests.factories import users
from tests.funding.case_corrections import AT, ask, confirm, imported
from tests.funding.historic_cases import apply_import
from tests.funding.sheets import FULL_EOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


@pytest.fixture
def expression(official: User) -> ImportedCase:
    apply_import(official, FULL_EOI)
    return imported("expression")


@contextmanager
def in_correction(correction: Correction) -> Iterator[None]:
    """Between the answer of a second person and the event that states the change."""
    with transaction.atomic():
        correction.state, correction.answered_at = "done", AT
        correction.answered_by = users.official()
        correction.save(update_fields=["state", "answered_by", "answered_at"])
        yield
        transaction.set_rollback(True)


def refused(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return False


def test_the_database_changes_only_the_column_of_an_expression_that_is_corrected(
    expression: ImportedCase, official: User
) -> None:
    correction = ask(expression, official, "outcome", "withdrawn")
    row = Expression.objects.get()
    york = Council.objects.get(name="York")
    rows = Expression.objects.filter(pk=row.pk)
    acts: dict[str, Callable[[], object]] = {
        "outcome": lambda: rows.update(state="withdrawn"),
        "retraction": lambda: rows.update(state="retracted"),
        "title": lambda: rows.update(title="Other"),
        "lead": lambda: rows.update(lead=york.organisation),
        "round": lambda: rows.update(round=Round.objects.exclude(pk=row.round_id)[0]),
        "strand": lambda: rows.update(strand=None),
        "idea type": lambda: rows.update(idea_type=IdeaType.objects.all()[0]),
        "maturity": lambda: rows.update(maturity="i2"),
        "date": lambda: rows.update(submitted_at=AT),
        "partners": lambda: row.partners.clear(),
        "councils": lambda: row.councils.add(york),
        "models": lambda: row.practice_models.add(PracticeModel.objects.all()[0]),
        "amounts": lambda: row.money.all().delete(),
        "an amount": lambda: row.money.update(amount=Money(1)),
    }
    assert {name for name, act in acts.items() if not refused(act)} == set()
    with in_correction(correction):
        assert {name for name, act in acts.items() if not refused(act)} == {"outcome"}
        assert refused(lambda: rows.update(state="clarification"))
    confirm(correction)
    assert refused(lambda: rows.update(state="declined"))


def test_the_database_changes_only_the_column_of_an_award_that_is_corrected(
    award: ImportedCase, official: User
) -> None:
    correction = ask(award, official, "focus area", "Scale and spread")
    row = Award.objects.get()
    york = Council.objects.get(name="York")
    rows = Award.objects.filter(pk=row.pk)
    acts: dict[str, Callable[[], object]] = {
        "focus area": lambda: rows.update(focus_area="Scale and spread"),
        "idea type": lambda: rows.update(idea_type=None),
        "idea": lambda: rows.update(idea_as_published=""),
        "title": lambda: rows.update(title="Other"),
        "lead": lambda: rows.update(lead=york.organisation),
        "lead as published": lambda: rows.update(lead_as_published="York"),
        "round": lambda: rows.update(round=Round.objects.exclude(pk=row.round_id)[0]),
        "amount": lambda: rows.update(amount=Money(1)),
        "announcement": lambda: rows.update(announced_on=None),
        "retraction": lambda: rows.update(state="retracted"),
        "partners": lambda: row.partners.add(york.organisation),
        "councils": lambda: row.councils.clear(),
        "models": lambda: row.practice_models.add(PracticeModel.objects.all()[0]),
    }
    assert {name for name, act in acts.items() if not refused(act)} == set()
    with in_correction(correction):
        assert {name for name, act in acts.items() if not refused(act)} == {
            "focus area",
            "idea type",
        }
    confirm(correction)
    assert {name for name, act in acts.items() if not refused(act)} == set()
