"""A seal detects a log that was rewritten everywhere in the database."""

import time
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from innovation.audit import events, seals
from innovation.audit.models import Chain
from innovation.audit.verification import first_fault
from tests.audit import chain_tampering
from tests.concurrency import run_concurrently
from tests.dates import MOMENT

pytestmark = pytest.mark.django_db


def rewrite_event(chain: Chain) -> None:
    """Change event 3, and make the later hashes and the head fit."""
    chain_tampering.tamper(
        "UPDATE audit_event SET actor = 'USR-OTHER' WHERE chain_id = %s AND seq = 3",
        chain.pk,
    )
    chain_tampering.fix_hash(chain, 3)
    for seq in (4, 5):
        chain_tampering.tamper(
            "UPDATE audit_event SET previous = (SELECT hash FROM audit_event"
            " WHERE chain_id = %s AND seq = %s) WHERE chain_id = %s AND seq = %s",
            chain.pk,
            seq - 1,
            chain.pk,
            seq,
        )
        chain_tampering.fix_hash(chain, seq)
    chain_tampering.tamper(
        "UPDATE audit_chain SET head = (SELECT hash FROM audit_event"
        " WHERE chain_id = %s AND seq = 5) WHERE id = %s",
        chain.pk,
        chain.pk,
    )


def delete_chain(chain: Chain) -> None:
    chain_tampering.tamper("DELETE FROM audit_event WHERE chain_id = %s", chain.pk)
    chain_tampering.tamper("DELETE FROM audit_chain WHERE id = %s", chain.pk)


def empty_chain(chain: Chain) -> None:
    chain_tampering.tamper("DELETE FROM audit_event WHERE chain_id = %s", chain.pk)
    chain_tampering.tamper(
        "UPDATE audit_chain SET length = 0, head = repeat('0', 64) WHERE id = %s",
        chain.pk,
    )


@pytest.mark.parametrize("tamper", [rewrite_event, delete_chain, empty_chain])
def test_a_seal_kept_elsewhere_finds_what_was_mended_everywhere(
    tamper: Callable[[Chain], None],
) -> None:
    chain = chain_tampering.create_chain()
    chain_tampering.create_chain()
    seal = seals.make()
    chain_tampering.create_chain()
    assert seals.is_intact(seal)
    tamper(chain)
    assert first_fault() is None
    assert not seals.is_intact(seal)
    with pytest.raises(CommandError, match="this seal was changed"):
        call_command("verify_events", seal=seal)


def test_a_log_restored_into_a_younger_cluster_keeps_its_seals_and_gets_new_ones() -> (
    None
):
    """The younger cluster counts transactions from far below what the rows carry."""
    [source] = _fetch("SELECT pg_get_functiondef('audit_append'::regproc)")
    older = source.replace("::text::bigint;", "::text::bigint + 1000000000;")
    assert older != source
    chain_tampering.execute(older)
    chain = chain_tampering.create_chain()
    old = seals.make()
    chain_tampering.execute(source)
    new = seals.make()
    chain_tampering.create_chain()
    assert [seals.is_intact(seal) for seal in (old, new)] == [True, True]
    rewrite_event(chain)
    assert first_fault() is None
    assert [seals.is_intact(seal) for seal in (old, new)] == [False, False]


def test_the_command_says_which_seals_it_cannot_read() -> None:
    chain_tampering.create_chain()
    with pytest.raises(CommandError, match="This is no seal: it looks like event-1234"):
        call_command("verify_events", seal="nonsense")
    with pytest.raises(CommandError, match="keep the new seal that it prints"):
        call_command("verify_events", seal="1234:" + "0f" * 32)


@pytest.mark.django_db(transaction=True)
def test_a_seal_waits_for_those_who_write_and_holds_when_they_are_done() -> None:
    """Without the wait, a lower number committed later would break the seal."""
    first, second = _open_chain(), _open_chain()

    def write_slowly() -> None:
        with transaction.atomic():
            _record(first)
            time.sleep(2)

    def seal_meanwhile() -> tuple[str, str]:
        time.sleep(0.5)
        with transaction.atomic():
            newest = _record(second)
        return f"event-{newest}:{seals._digest(newest)}", seals.make()

    _, (impatient, patient) = run_concurrently([write_slowly, seal_meanwhile])
    assert impatient.partition(":")[0] == patient.partition(":")[0]
    assert not seals.is_intact(impatient)
    assert seals.is_intact(patient)


@pytest.mark.django_db(transaction=True)
def test_no_seal_is_made_where_somebody_writes_too_long() -> None:
    chain = _open_chain()

    def write_slowly() -> None:
        with transaction.atomic():
            _record(chain)
            time.sleep(2)

    def seal_meanwhile() -> None:
        time.sleep(0.5)
        seals.make(patience=0.3)

    _, refused = run_concurrently([write_slowly, seal_meanwhile])
    assert isinstance(refused, seals.SealTimeout)
    assert "somebody has been writing to the log for 0.3 seconds" in str(refused)


def _open_chain() -> Chain:
    with transaction.atomic():
        return events.open_chain(Chain.Kind.SERVICE)


def _record(chain: Chain) -> int:
    events.record_on_chain(
        chain, "thing.done", subject="T", by=events.SERVICE, at=MOMENT
    )
    return int(chain.events.latest("id").pk)


def _fetch(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]
