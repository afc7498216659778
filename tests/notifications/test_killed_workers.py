"""Letters through workers killed with `kill -9`: none lost, none twice."""

import time
from pathlib import Path

import pytest

from innovation.notifications.models import Letter, LetterState
from tests.notifications.killed_worker_harness import (
    create_letters,
    lost_and_repeated,
    worker_harness,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_killed_workers_lose_no_letter_and_send_none_twice(tmp_path: Path) -> None:
    create_letters(160)
    with worker_harness("SlowPostbox", tmp_path / "log") as harness:
        harness.start_worker()
        for count in (10, 40, 70):
            harness.wait_until_sent(count)
            harness.wait_until_sending()
            harness.kill_worker()
            harness.start_worker()
        harness.wait_until_sent(160)
    assert lost_and_repeated() == (0, 0)
    assert harness.interrupted > 0
    assert Letter.objects.filter(attempts__gt=1).exists()


def kill_while_sending(gateway: str, task: str, log: Path) -> None:
    """Send 60 letters by a task, kill its worker after ten, and send all again."""
    ids = create_letters(60)
    with worker_harness(gateway, log) as harness:
        harness.start_worker()
        harness.send_task(task, ids[:30])
        harness.send_task(task, ids[30:])
        harness.wait_until_sent(10, sweeping=False)
        harness.wait_until_under_way()
        harness.kill_worker()
        harness.start_worker()
        harness.send_task(task, ids)
        harness.wait_until_sent(60, sweeping=False)


def test_without_a_lease_and_lookup_killed_workers_send_letters_twice(
    tmp_path: Path,
) -> None:
    kill_while_sending("SlowPostbox", "tests.send_then_mark", tmp_path / "log")
    lost, repeated = lost_and_repeated()
    assert lost == 0
    assert repeated > 0


@pytest.mark.soak
def test_marking_before_sending_loses_letters(tmp_path: Path) -> None:
    kill_while_sending("SlowToAccept", "tests.mark_then_send", tmp_path / "log")
    lost, repeated = lost_and_repeated()
    assert lost > 0
    assert repeated == 0


@pytest.mark.soak
def test_kills_an_emptied_broker_and_an_outage_lose_nothing(tmp_path: Path) -> None:
    total = 3000
    create_letters(total)
    with worker_harness("SlowPostbox", tmp_path / "log") as harness:
        harness.start_worker()
        harness.start_worker()
        for turn in range(1, 31):
            harness.wait_until_sent(turn * 90)
            harness.kill_worker()
            harness.start_worker()
            if turn % 10 == 0:
                harness.broker.flush()
            if turn == 15:
                harness.broker.stop()
                time.sleep(30)
                harness.broker.start()
        harness.wait_until_sent(total)
    assert lost_and_repeated() == (0, 0)
    assert harness.kills == 30
    assert Letter.objects.filter(state=LetterState.SENT).count() == total
