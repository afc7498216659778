"""Nobody can do anything to the log except append events."""

import pytest
from django.db import DatabaseError, connection, transaction

from innovation.audit import events, figures
from innovation.audit.models import GENESIS, Chain, Event
from innovation.audit.verification import first_fault
from tests.audit import chain_tampering
from tests.database_guards import check_deferred_constraints
from tests.dates import DAY, MOMENT, moment_after

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET name = 'x'",
        "UPDATE audit_event SET name = 'x' WHERE false",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "TRUNCATE audit_event CASCADE",
        "UPDATE audit_chain SET head = repeat('0', 64)",
        "UPDATE audit_chain SET stage = 'bid.approved'",
        "DELETE FROM audit_chain",
        "TRUNCATE audit_chain CASCADE",
    ],
)
def test_the_applications_own_user_can_only_add(statement: str) -> None:
    chain_tampering.create_chain()
    check_deferred_constraints()
    with (
        pytest.raises(DatabaseError, match=r"is evidence"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Event.objects.count() == 5


def test_a_row_typed_by_hand_is_chained_like_any_other() -> None:
    chain = chain_tampering.create_chain(1)
    chain_tampering.execute(
        "INSERT INTO audit_event (chain_id, seq, name, subject, actor, at, data, tally,"
        " stage, request_id, recorded_at, txid, previous, hash) VALUES"
        " (%s, 77, 'thing.typed', 'T', 'me', now(), '{}', '{}', '', '', now(), 0,"
        " 'x', 'y')",
        chain.pk,
    )
    assert list(Event.objects.values_list("seq", flat=True)) == [1, 2]
    assert first_fault() is None


def test_each_event_carries_the_hash_of_the_one_before() -> None:
    chain = chain_tampering.create_chain(3)
    rows = list(chain.events.order_by("seq"))
    assert [row.previous for row in rows] == [GENESIS, rows[0].hash, rows[1].hash]
    assert (chain.length, chain.head) == (3, rows[2].hash)
    assert len({row.hash for row in rows}) == 3


def test_a_stage_moves_the_chain_and_an_empty_one_leaves_it() -> None:
    chain = chain_tampering.create_chain(1, stage="thing.begun")
    events.record_on_chain(
        chain, "thing.seen", subject="T", by=events.SERVICE, at=moment_after(days=1)
    )
    chain.refresh_from_db()
    assert (chain.stage, chain.moved_at) == ("thing.begun", MOMENT)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction() -> None:
    chain = events.open_chain(Chain.Kind.SERVICE)
    with pytest.raises(RuntimeError, match="inside a transaction"):
        events.record_on_chain(
            chain, "thing.done", subject="T", by=events.SERVICE, at=MOMENT
        )


def test_many_events_are_chained_in_the_order_given() -> None:
    chain = events.open_chain(Chain.Kind.SERVICE)
    events.record_all(
        events.draft_on_chain(
            chain, f"thing.{n}", subject="T", by=events.SERVICE, at=MOMENT
        )
        for n in range(2500)
    )
    rows = chain.events.order_by("seq")
    assert [row.name for row in rows] == [f"thing.{n}" for n in range(2500)]
    assert first_fault() is None


def test_figures_count_by_london_day_and_distinct_things_once() -> None:
    chain_tampering.create_chain(
        2, tally={"expressions": 1, "councils": {"301": 1, "302": 1}}
    )
    chain_tampering.create_chain(1, tally={"councils": {"302": -2}})
    assert figures.as_at(DAY) == {"expressions": 2, "councils": 1}
    assert figures.members("councils", DAY) == ["301"]
    assert figures.as_at(moment_after(days=-1).date()) == {}


def test_folding_past_days_keeps_every_figure() -> None:
    chain_tampering.create_chain(3, tally={"expressions": 1, "councils": {"301": 1}})
    chain_tampering.create_chain(1, tally={"expressions": -1})
    before = figures.as_at(DAY)
    figures.fold(moment_after(days=1).date())
    assert figures.as_at(DAY) == before == {"expressions": 2, "councils": 1}
    chain_tampering.create_chain(1, tally={"expressions": 5})
    figures.fold(moment_after(days=1).date())
    assert figures.as_at(DAY) == {"expressions": 7, "councils": 1}
    assert first_fault() is None
