"""Changes of evidence that the database refuses to the application and the owner."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from innovation.audit import evidence, guards
from innovation.audit.verification import first_fault
from tests.audit import case_histories, illegal_statements, log_statements
from tests.audit.illegal_statements import Statement
from tests.audit.test_application_user import become_application
from tests.database_guards import check_deferred_constraints
from tests.module_data import module_transaction

pytestmark = pytest.mark.django_db
DECLARED = guards.declarations()
SPREAD = {
    *("audit_moment", "audit_digest"),
    *(f"audit_facts_{each.table}" for each in evidence.tables()),
    *(f"audit_parts_{each.table}" for each in evidence.tables() if each.draft),
}
"""Plain SQL that PostgreSQL spreads into the functions that call it, which it can only
while it has no setting of its own: names are looked up where those look them up.
"""
DEFINERS = {
    *("audit_append", "audit_chain_follows_event", "audit_fold"),
    *("audit_add_rows", "audit_refuse_unstated"),
    *(f"audit_note_{each.table}" for each in evidence.tables()),
}
"""What runs with the rights of the owner: it writes the log and its notes."""
OTHERS = {
    "account_emailaddress": "the sign-in pages’ own: whether an address is theirs",
    "account_emailconfirmation": "a link that was sent, until it is used",
    "audit_touched": "rows that no event has stated yet, written by the log’s triggers",
    "auth_group": "of Django, never used: roles are on the person’s row",
    "auth_group_permissions": "of Django, never used",
    "auth_permission": "of Django, never used",
    "core_heartbeat": "when a worker last did a job",
    "core_unsentform": "an unsent form, stored for its writer for two days",
    "core_quota": "what people and addresses have used, stored for a day",
    "core_slot": "which beat runs a job, kept for a day",
    "core_submission": "which forms were sent, kept for a day",
    "django_content_type": "of Django, written by migrate",
    "django_migrations": "of Django, written by migrate",
    "django_session": "who is signed in",
    "mfa_authenticator": "the sign-in pages’ own: a second factor",
    "shared_cache": "an unlogged cache",
}
"""Tables of the platform and of libraries, and why they are no evidence."""


@pytest.fixture(scope="module", autouse=True)
def _case_histories(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Run as the application, which has the rights for everything the domain does."""
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=folder), module_transaction(django_db_blocker):
        become_application()
        case_histories.build_case_histories()
        check_deferred_constraints()
        _execute("RESET ROLE")
        yield


def test_of_all_that_is_illegal_the_application_can_do_nothing() -> None:
    _execute("SET LOCAL ROLE innovation_app")
    statements = [
        *illegal_statements.evidence_statements(),
        *log_statements.log_statements(),
    ]
    assert len(statements) >= 500
    assert [
        each.sql for each in statements if illegal_statements.is_accepted(each)
    ] == []
    assert first_fault() is None


def test_nor_can_the_owner_while_the_triggers_stand() -> None:
    statements = [
        *illegal_statements.evidence_statements(),
        *log_statements.log_statements(),
    ]
    attempts = [each for each in statements if not each.needs_rights]
    assert len(attempts) >= 500
    assert [each.sql for each in attempts if illegal_statements.is_accepted(each)] == []


CONTROLS = [
    (
        "guard_change guard_within_chain",
        "funding_award",
        "UPDATE funding_award SET amount = amount + 1",
    ),
    ("guard_change", "bids_bid", "UPDATE bids_bid SET opened_at = now()"),
    ("guard_change", "funding_meeting", "UPDATE funding_meeting SET minutes = 'No.'"),
    ("guard_keep", "funding_moneyline", "UPDATE funding_moneyline SET amount = 1"),
    ("guard_keep", "funding_moneyline", "DELETE FROM funding_moneyline"),
    ("guard_keep", "funding_finding", "TRUNCATE funding_finding"),
    (
        "guard_delete guard_within_award",
        "funding_payment",
        "DELETE FROM funding_payment WHERE state <> 'planned'"
        " AND id NOT IN (SELECT payment_id FROM funding_claim)",
    ),
    ("guard_within_bid", "bids_risk", "UPDATE bids_risk SET impact = 5"),
    ("guard_within_bid", "bids_risk", "DELETE FROM bids_risk"),
    ("guard_keep", "audit_event", "UPDATE audit_event SET actor = 'U'"),
    (
        "guard_change audit_chain_follows_event",
        "audit_chain",
        "UPDATE audit_chain SET kind = 'case'",
    ),
    (
        "audit_chain_follows_event",
        "audit_chain",
        "UPDATE audit_chain SET length = length + 1, head = repeat('a', 64)",
    ),
    (
        "guard_begin",
        "audit_chain",
        "INSERT INTO audit_chain (kind, length, head, stage) VALUES"
        " ('case', 1, repeat('a', 64), '')",
    ),
]


def test_without_its_guard_each_of_these_passes() -> None:
    """A control: nothing else would have refused it."""
    for names, table, sql in CONTROLS:
        assert not illegal_statements.is_accepted(Statement(sql)), sql
        for name in names.split():
            _execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        assert illegal_statements.is_accepted(Statement(sql)), sql
        for name in names.split():
            _execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")


def test_without_the_command_s_revokes_the_application_edits_the_figures() -> None:
    """The control of the rights: as a service had them that was set up before."""
    _execute("GRANT UPDATE, DELETE ON audit_tally TO innovation_app")
    _execute("SET LOCAL ROLE innovation_app")
    assert illegal_statements.is_accepted(
        Statement("UPDATE audit_tally SET change = 285")
    )
    _execute("RESET ROLE")
    call_command("grant_application_user", "innovation_app")
    _execute("SET LOCAL ROLE innovation_app")
    assert not illegal_statements.is_accepted(
        Statement("UPDATE audit_tally SET change = 285")
    )


def test_the_triggers_that_stand_are_those_declared() -> None:
    """A changed guard needs a migration: see `manage.py write_triggers`."""
    standing = _guard_triggers()
    for table in DECLARED.guards:
        _execute(f"SELECT audit_unguard('{table}')")
    assert _guard_triggers() == set()
    for guard in DECLARED.guards.values():
        _execute(guards.trigger_statements(guard))
    assert _guard_triggers() == standing


def test_what_the_command_prints_lays_a_table_s_triggers_anew(
    capsys: pytest.CaptureFixture[str],
) -> None:
    standing = _guard_triggers()
    _execute("DROP FUNCTION audit_note_bids_risk() CASCADE")
    assert len(evidence.missing_statements()) == 2
    call_command("write_triggers", "bids", "bids_risk")
    printed = capsys.readouterr().out
    remove_sql, _, install_sql = printed.partition("\n")
    assert remove_sql == "SELECT audit_unguard('bids_risk');"
    _execute(remove_sql)
    _execute("ALTER TABLE bids_risk ALTER likelihood TYPE integer")
    _execute(install_sql)
    assert _guard_triggers() == standing
    assert evidence.missing_statements() == []


def test_every_table_is_evidence_or_excused() -> None:
    tables = _rows(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND relnamespace = 'public'::regnamespace"
    )
    guarded = DECLARED.guards.keys()
    excused = DECLARED.excused.keys() | OTHERS.keys()
    assert {table for (table,) in tables} == guarded | excused
    assert guarded & excused == set()


def test_the_database_moves_states_as_the_domain_does() -> None:
    """Cell by cell, by the very trigger that stands."""
    for table, process in illegal_statements.STATES.items():
        known = {
            (source, move.target)
            for move in process.transitions
            for source in move.sources
        }
        unchanged = {(state, state) for state in process.states}
        cells = set(product(process.states, repeat=2))
        _copy_with_guard(table)
        allowed = {cell for cell in cells if _may_move(*cell)}
        assert allowed == known | unchanged, table
        _execute("DROP TABLE cells")


def _copy_with_guard(table: str) -> None:
    """Its columns and its guard of changes, without its constraints."""
    [(guard,)] = _rows(
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'guard_change'"
        f" AND tgrelid = '{table}'::regclass"
    )
    _execute(f"CREATE TABLE cells (LIKE {table})")
    _execute(f"INSERT INTO cells SELECT * FROM {table} LIMIT 1")
    _execute(guard.replace(f"ON public.{table} ", "ON cells "))


def _may_move(old: str, new: str) -> bool:
    _execute("ALTER TABLE cells DISABLE TRIGGER USER")
    _execute(f"UPDATE cells SET state = '{old}'")
    _execute("ALTER TABLE cells ENABLE TRIGGER USER")
    return illegal_statements.is_accepted(
        Statement(f"UPDATE cells SET state = '{new}'")
    )


def test_no_function_of_the_log_looks_names_up_where_its_caller_says() -> None:
    """Least of all those that run with the rights of the owner."""
    own_functions = _rows(
        "SELECT proname, prosecdef, proconfig::text,"
        " has_function_privilege('public', oid, 'EXECUTE')"
        " FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND prolang IN (SELECT oid FROM pg_language"
        "                 WHERE lanname IN ('sql', 'plpgsql'))"
    )
    pinned = '{"search_path=pg_catalog, public, pg_temp"}'
    paths = {name: path for name, _, path, _ in own_functions}
    assert set(paths.values()) <= {pinned, None}
    assert {name for name, path in paths.items() if path is None} == SPREAD
    definers = {name: public for name, definer, _, public in own_functions if definer}
    assert definers == dict.fromkeys(DEFINERS, False)


def test_what_is_spread_into_its_callers_only_reads() -> None:
    """And all that call it look names up where they must."""
    texts = _rows(
        "SELECT proname, prosrc, proconfig IS NOT NULL, lanname, provolatile <> 'v'"
        " FROM pg_proc JOIN pg_language AS language ON language.oid = prolang"
        " WHERE pronamespace = 'public'::regnamespace"
    )
    assert {
        (language, reads) for name, _, _, language, reads in texts if name in SPREAD
    } == {("sql", True)}
    callers = {
        name: pinned
        for name, text, pinned, _, _ in texts
        if any(f"{each}(" in text for each in SPREAD)
    }
    notes = {f"audit_note_{each.table}" for each in evidence.tables()}
    assert callers.keys() >= notes
    assert {name for name, pinned in callers.items() if not pinned} <= SPREAD


def _guard_triggers() -> set[str]:
    rows = _rows(
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger"
        " WHERE starts_with(tgname::text, 'guard_')"
    )
    return {definition for (definition,) in rows}


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
