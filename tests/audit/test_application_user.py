"""The application's database user, created as docs/production.md says."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from innovation.accounts.domain import memberships, people
from innovation.accounts.models import User
from innovation.audit import events, figures
from innovation.audit.guards import declarations
from innovation.audit.models import Chain, Event
from innovation.core import limits
from tests.accounts.test_sign_in import PASSWORD, person_with_password, sign_in
from tests.api.api_client import ApiClient
from tests.audit import chain_tampering
from tests.database_guards import check_deferred_constraints
from tests.dates import DAY, MOMENT
from tests.edit_forms import form_version
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
NEW = "a longer pass phrase than before"
NEW_TABLE = "CREATE TABLE made_by_a_later_release (id bigserial, word text)"


def documented_statements() -> tuple[str, list[str]]:
    """The statements, and the command that follows them."""
    page = (settings.BASE_DIR / "docs/production.md").read_text()
    [user_name] = re.findall(
        r"```sql\n(CREATE ROLE innovation_app .*?)```.*?"
        r"```\npython manage.py (grant_application_user .*?)\n```",
        page,
        re.DOTALL,
    )
    statements, command = user_name
    return statements, command.split()


def become_application() -> None:
    """From now on everything is done as that user, after the owner has done what is
    documented.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = user AND rolcreaterole")
        if not cursor.fetchone():
            pytest.skip("The database’s user may make no other; the embedded one’s may")
        statements, command = documented_statements()
        cursor.execute(statements)
        _block_autovacuum(cursor)
        call_command(*command)
        cursor.execute("GRANT innovation_app TO CURRENT_USER")
        cursor.execute("SET LOCAL ROLE innovation_app")


def _block_autovacuum(cursor: Any) -> None:
    """It would wait for the rights to be given, and keep a table that is altered."""
    names = connection.introspection.table_names(cursor)
    tables = ", ".join(connection.ops.quote_name(name) for name in names)
    cursor.execute(f"LOCK TABLE {tables} IN SHARE UPDATE EXCLUSIVE MODE")


@pytest.fixture
def application() -> None:
    chain_tampering.create_chain(stage="thing.begun", tally={"expressions": 1})
    check_deferred_constraints()
    become_application()
    chain_tampering.execute("RESET ROLE")
    chain_tampering.execute(NEW_TABLE)
    chain_tampering.execute("SET LOCAL ROLE innovation_app")


@pytest.mark.usefixtures("application")
def test_it_verifies_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_events")
    output = capsys.readouterr().out
    assert "5 events, and every chain is intact." in output
    seal = output.strip().rpartition(" ")[2]
    call_command("verify_events", seal=seal)


@pytest.mark.usefixtures("application")
def test_it_does_the_services_work() -> None:
    cases.submitted_expression()
    chain = events.open_chain(Chain.Kind.SERVICE)
    events.record_on_chain(
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
def test_people_sign_in_through_it_and_have_a_form_and_the_api(client: Client) -> None:
    """What the pages' own tables need: sessions, counters, tokens of forms."""
    cases.round_(closes_at=None)
    user = person_with_password("applicant")
    users.join(user, users.council_organisation())
    assert sign_in(client, user, "another pass phrase") == 200
    assert sign_in(client, user) == 302
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", change).status_code == 302
    page = client.get("/home")
    assert page.status_code == 200
    named = {"name": "A Better Name", "submission": "one"}
    named |= form_version(client, "/account/name")
    assert client.post("/account/name", named).status_code == 302
    assert client.post("/account/name", named).status_code == 302
    client.post("/accounts/logout/")
    assert sign_in(client, user, NEW) == 302
    assert ApiClient(users.analyst()).get("councils/").status_code == 200


@pytest.mark.usefixtures("application")
def test_it_forgets_who_never_confirmed_an_address() -> None:
    """With what signing up left; nobody else, and the history stays."""
    closed, confirmed, known, requested = (
        _sign_up(f"{name}@example.org")
        for name in ("gone", "confirmed", "known", "asked")
    )
    EmailAddress.objects.filter(user=confirmed).update(verified=True)
    User.objects.filter(pk=known.pk).update(last_login=MOMENT)
    memberships.ask(organisation=users.organisation(), by=requested, at=MOMENT)
    people.forget_unconfirmed(at=requested.date_joined + limits.UNCONFIRMED_LIFE)
    check_deferred_constraints()
    assert set(User.objects.filter(role_grants__origin="joined")) == {
        *(confirmed, known, requested)
    }
    assert not User.objects.filter(pk=closed.pk).exists()
    history = Event.objects.filter(chain=closed.chain_id).order_by("seq")
    assert [event.name for event in history] == ["person.joined", "person.forgotten"]
    call_command("verify_events")


@pytest.mark.usefixtures("application")
def test_of_who_has_signed_in_no_role_and_no_account_is_deleted() -> None:
    known = _sign_up("known@example.org")
    User.objects.filter(pk=known.pk).update(last_login=MOMENT)
    for rows in (known.role_grants.all(), User.objects.filter(pk=known.pk)):
        with pytest.raises(DatabaseError, match="is evidence"), transaction.atomic():
            rows._raw_delete(rows.db)


def _sign_up(address: str) -> User:
    user = people.join(User(email=address, name="Somebody"), at=MOMENT)
    EmailAddress.objects.create(user=user, email=address, primary=True)
    return user


@pytest.mark.usefixtures("application")
def test_it_works_on_tables_of_a_later_release() -> None:
    created = chain_tampering.execute(
        "INSERT INTO made_by_a_later_release (word) VALUES ('a')"
    )
    assert created == 1
    assert (
        chain_tampering.execute("SELECT last_value FROM made_by_a_later_release_id_seq")
        == 1
    )


@pytest.mark.usefixtures("application")
def test_it_has_the_right_to_the_columns_that_may_change_and_to_no_other() -> None:
    granted: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.column_privileges"
            " WHERE grantee = 'innovation_app' AND privilege_type = 'UPDATE'"
        )
        for table, column in cursor.fetchall():
            granted.setdefault(table, set()).add(column)
    for table, guard in declarations().guards.items():
        log_of_events = guard.model._meta.app_label == "audit"
        changing = set() if log_of_events else set(guard.changing_columns)
        if guard.may_lock:
            changing.add("id")
        if not guard.whole_rows:
            assert granted.get(table, set()) == changing, table


@pytest.mark.usefixtures("application")
def test_a_right_that_the_owner_cannot_take_away_is_named() -> None:
    chain_tampering.execute("RESET ROLE")
    chain_tampering.execute("CREATE ROLE helper")
    chain_tampering.execute(
        f"GRANT TEMPORARY ON DATABASE {connection.settings_dict['NAME']} TO helper"
    )
    chain_tampering.execute("GRANT helper TO innovation_app")
    with pytest.raises(CommandError, match="still has TEMPORARY on the database"):
        call_command("grant_application_user", "innovation_app")


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_event DISABLE TRIGGER USER",
        "DROP TRIGGER guard_keep ON audit_event",
        "DROP FUNCTION audit_guard() CASCADE",
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
        chain_tampering.execute(statement)
