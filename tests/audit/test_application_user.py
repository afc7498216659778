"""The application's own database user, made as docs/production.md says."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from innovation.audit import events, figures
from innovation.audit.models import Chain
from tests import cases
from tests.audit import log
from tests.moments import DAY, MOMENT

pytestmark = pytest.mark.django_db
NEW_TABLE = "CREATE TABLE made_by_a_later_release (id bigserial, word text)"


def documented() -> str:
    page = (settings.BASE_DIR / "docs/production.md").read_text()
    [grants] = re.findall(
        r"```sql\n(CREATE ROLE innovation_app .*?)```", page, re.DOTALL
    )
    return str(grants)


@pytest.fixture
def application() -> None:
    """Everything is done as that user, after the owner ran the documented lines."""
    log.chain(stage="thing.begun", tally={"expressions": 1})
    log.make_checks()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = user AND rolcreaterole")
        if not cursor.fetchone():
            pytest.skip("The database’s user may make no other; the embedded one’s may")
        cursor.execute(documented())
        cursor.execute("GRANT innovation_app TO CURRENT_USER")
        cursor.execute(NEW_TABLE)
        cursor.execute("SET LOCAL ROLE innovation_app")


@pytest.mark.usefixtures("application")
def test_it_verifies_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_events")
    said = capsys.readouterr().out
    assert "5 events, every chain is whole." in said
    seal = said.strip().rpartition(" ")[2]
    call_command("verify_events", seal=seal)


@pytest.mark.usefixtures("application")
def test_it_does_the_services_work() -> None:
    cases.submitted()
    chain = events.open_chain(Chain.Kind.SERVICE)
    events.record(
        chain,
        "thing.done",
        subject="T",
        by=events.SERVICE,
        at=MOMENT,
        tally={"expressions": 1},
    )
    figures.fold(DAY.replace(day=DAY.day + 1))
    assert figures.as_at(DAY)["expressions"] == 7
    call_command("verify_events")


@pytest.mark.usefixtures("application")
def test_it_works_on_tables_of_a_later_release() -> None:
    made = log.run("INSERT INTO made_by_a_later_release (word) VALUES ('a')")
    assert made == 1
    assert log.run("SELECT last_value FROM made_by_a_later_release_id_seq") == 1


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_event DISABLE TRIGGER USER",
        "DROP TRIGGER audit_event_refuse ON audit_event",
        "DROP FUNCTION audit_refuse() CASCADE",
        "SET session_replication_role = replica",
        "TRUNCATE audit_event",
        "CREATE TABLE mine (id int)",
        "DELETE FROM audit_touched",
        "SELECT audit_keep(1, 'bids_bid', 1, 'null')",
    ],
)
def test_it_changes_no_table_and_no_trigger(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"must be owner|permission denied"),
        transaction.atomic(),
    ):
        log.run(statement)
