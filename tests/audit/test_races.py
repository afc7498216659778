"""Many writers of one chain leave it intact. A control shows why."""

from functools import partial

import pytest
from django.db import connection, transaction

from innovation.audit import events, figures
from innovation.audit.models import Chain, Event
from innovation.audit.verification import first_fault
from tests.audit import chain_tampering
from tests.concurrency import run_concurrently
from tests.dates import DAY, MOMENT

pytestmark = pytest.mark.django_db(transaction=True)


def open_chain() -> Chain:
    with transaction.atomic():
        return events.open_chain(Chain.Kind.SERVICE)


def record(chain: Chain, times: int) -> None:
    for _ in range(times):
        with transaction.atomic():
            events.record_on_chain(
                chain,
                "thing.done",
                subject="T",
                by=events.SERVICE,
                at=MOMENT,
                tally={"expressions": 1},
            )


def test_writers_of_one_chain_queue_and_leave_it_whole() -> None:
    chain = open_chain()
    outcomes = run_concurrently([lambda: record(chain, 10)] * 6)
    assert outcomes == [None] * 6
    seqs = list(chain.events.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, 61))
    assert figures.as_at(DAY) == {"expressions": 60}
    assert first_fault() is None


def test_writers_of_different_chains_count_together() -> None:
    chains = [open_chain() for _ in range(6)]
    run_concurrently([partial(record, chain, 10) for chain in chains])
    assert figures.as_at(DAY) == {"expressions": 60}
    assert first_fault() is None


def test_a_fold_between_writers_loses_no_count() -> None:
    chain = open_chain()
    day = DAY.replace(day=DAY.day + 1)

    def fold() -> None:
        for _ in range(10):
            figures.fold(day)

    run_concurrently([partial(record, chain, 10)] * 4 + [fold] * 2)
    assert figures.as_at(DAY) == {"expressions": 40}
    assert first_fault() is None


def test_without_the_chains_lock_writers_would_tear_it() -> None:
    """The control: the trigger's own function, reading the chain without holding it."""
    [source] = _fetch("SELECT pg_get_functiondef('audit_append'::regproc)")
    unlocked = source.replace("FOR UPDATE;", "; PERFORM pg_sleep(0.1);")
    assert unlocked != source
    chain = open_chain()
    chain_tampering.execute(unlocked)
    try:
        outcomes = run_concurrently([lambda: record(chain, 3)] * 4)
    finally:
        chain_tampering.execute(source)
    has_failed = any(isinstance(each, Exception) for each in outcomes)
    assert has_failed or first_fault() is not None
    assert Event.objects.count() < 12 or not has_failed


def _fetch(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]
