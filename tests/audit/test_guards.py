"""What the database refuses of evidence: to the application, and to the owner too."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from bids.states import BID, EXPRESSION
from funding.states import AWARD, MEETING, PAYMENT, VARIATION
from innovation.audit import guards
from innovation.audit.guards import Guard, Trigger
from innovation.audit.verification import first_fault
from innovation.core.transitions import Table
from tests.audit import illegal, life, log
from tests.audit.illegal import Statement
from tests.audit.test_application_user import become_application

pytestmark = pytest.mark.django_db
DECLARED = guards.declared()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_of_all_that_is_illegal_the_application_can_do_nothing() -> None:
    become_application()
    life.build()
    statements = [*illegal.of_evidence(), *illegal.of_the_log()]
    assert len(statements) >= 500
    assert [each.sql for each in statements if illegal.passes(each)] == []
    assert first_fault() is None


def test_nor_can_the_owner_while_the_triggers_stand() -> None:
    life.build()
    statements = [*illegal.of_evidence(), *illegal.of_the_log()]
    tried = [each for each in statements if not each.needs_rights]
    assert len(tried) >= 500
    assert [each.sql for each in tried if illegal.passes(each)] == []
