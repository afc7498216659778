"""A slot lets one of several runs in, and a heartbeat changes one row."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from innovation.core import jobs
from innovation.core.models import Heartbeat, Slot, Submission, UnsentForm
from innovation.core.tasks import heartbeat

AT = datetime(2015, 2, 28, 12, 0, 7, tzinfo=UTC)


@pytest.mark.django_db
def test_first_in_a_slot_runs_and_the_next_slot_runs_again() -> None:
    times = [AT, AT + timedelta(seconds=5), AT + timedelta(seconds=8)]
    assert [jobs.claim_slot("sweep", 15, at=at) for at in times] == [
        True,
        False,
        True,
    ]
    assert jobs.claim_slot("other", 15, at=AT) is True


@pytest.mark.django_db
def test_old_slots_are_forgotten() -> None:
    jobs.claim_slot("sweep", 15, at=AT - timedelta(days=3))
    jobs.claim_slot("sweep", 15, at=AT)
    assert Slot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_let_one_in() -> None:
    def ask(_: int) -> bool:
        try:
            return jobs.claim_slot("sweep", 15, at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(16))) == 1


@pytest.mark.django_db
def test_heartbeat_moves_one_row_and_forgets_old_forms() -> None:
    Submission.objects.create(token="1:old", at=AT)
    UnsentForm.objects.create(person="USR-1", path="/", page="p", fields={}, at=AT)
    heartbeat()
    first = Heartbeat.objects.get(name="worker").at
    heartbeat()
    assert Heartbeat.objects.get(name="worker").at > first
    assert Submission.objects.count() == UnsentForm.objects.count() == 0
