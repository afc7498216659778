"""Real Celery workers on a broker of their own, killed in the middle of their work."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import redis
from celery import Celery
from django.db import connection
from kombu.exceptions import OperationalError

from dev.instance import Instance
from dev.valkey import Valkey
from innovation.core.models import Slot
from innovation.notifications.models import Letter, LetterState, PostedLetter

LEASE = 1
"""Seconds; ten times what one letter takes here."""
OPEN_STATES = [LetterState.DUE, LetterState.LEASED]


class Broker:
    """A Valkey that can be emptied and taken away."""

    def __init__(self) -> None:
        self.instance = Instance.throwaway()
        self.instance.create()
        self.server = Valkey(self.instance)
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.server.prepare()
        self.running = subprocess.Popen(
            self.server.command(), stdout=subprocess.DEVNULL
        )
        while not self.server.is_ready():
            time.sleep(0.02)

    def stop(self) -> None:
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None

    def flush(self) -> None:
        redis.Redis(unix_socket_path=str(self.server.socket)).flushall()

    def remove(self) -> None:
        self.stop()
        self.server.socket.unlink(missing_ok=True)
        with suppress(OSError):
            self.server.socket.parent.rmdir()
        self.instance.remove()


class WorkerHarness:
    def __init__(self, broker: Broker, gateway: str, log: Path) -> None:
        self.broker = broker
        self.log = log.open("ab")
        env = {
            **os.environ,
            "DATABASE_URL": _database_url(),
            "CELERY_BROKER_URL": broker.server.url(),
            "LETTER_GATEWAY": f"tests.notifications.gateways.{gateway}",
            "LETTER_LEASE_SECONDS": str(LEASE),
        }
        self.app = Celery()
        self.worker_pool = subprocess.Popen(
            [sys.executable, "-m", "tests.notifications.worker_pool"],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
        )
        self.workers: list[int] = []
        self.kills = self.interrupted = 0

    def start_worker(self) -> None:
        assert self.worker_pool.stdin is not None
        assert self.worker_pool.stdout is not None
        self.worker_pool.stdin.write(b"\n")
        self.worker_pool.stdin.flush()
        self.workers.append(int(self.worker_pool.stdout.readline()))

    def kill_worker(self) -> None:
        """The whole of it: the parent and its children, as a machine does."""
        os.killpg(self.workers.pop(0), signal.SIGKILL)
        self.kills += 1
        self.interrupted += Letter.objects.filter(state=LetterState.LEASED).count()

    def send_task(self, task: str, *arguments: object) -> None:
        """A broker that is away hears nothing, as in life."""
        url, options = self.broker.server.url(), {"max_retries": 1}
        with (
            suppress(OperationalError),
            self.app.connection_for_write(url, transport_options=options) as line,
        ):
            self.app.send_task(task, arguments, connection=line, retry=False)

    def sweep(self) -> None:
        """As beat does it; a freed slot stands in for the passing of time."""
        Slot.objects.filter(job="letters").delete()
        self.send_task("innovation.notifications.tasks.sweep")

    def wait_until_sent(self, at_least: int, *, sweeping: bool = True) -> None:
        deadline = time.monotonic() + 60
        next_sweep = 0.0
        while Letter.objects.filter(state=LetterState.SENT).count() < at_least:
            now = time.monotonic()
            assert now < deadline, f"stuck: {self.states()}; see {self.log.name}"
            if sweeping and now >= next_sweep:
                self.sweep()
                next_sweep = now + 0.5
            time.sleep(0.02)

    def wait_until_sending(self) -> None:
        """Until a worker has leased a letter, which killing it then interrupts."""
        deadline = time.monotonic() + 20
        while not Letter.objects.filter(state=LetterState.LEASED).exists():
            assert time.monotonic() < deadline, self.states()
            time.sleep(0.002)

    def wait_until_under_way(self) -> None:
        """Until a letter is posted and not marked, or the other way about."""
        deadline = time.monotonic() + 20
        sent = Letter.objects.filter(state=LetterState.SENT)
        while PostedLetter.objects.count() == sent.count():
            assert time.monotonic() < deadline, self.states()
            time.sleep(0.002)

    def states(self) -> dict[str, int]:
        return dict(Counter(Letter.objects.values_list("state", flat=True)))

    def stop(self) -> None:
        for worker in self.workers:
            with suppress(ProcessLookupError):
                os.killpg(worker, signal.SIGKILL)
        self.worker_pool.kill()
        self.worker_pool.communicate()
        self.log.close()


@contextmanager
def worker_harness(gateway: str, log: Path) -> Iterator[WorkerHarness]:
    broker = Broker()
    broker.start()
    harness = WorkerHarness(broker, gateway, log)
    try:
        yield harness
    finally:
        harness.stop()
        broker.remove()


def create_letters(how_many: int) -> list[int]:
    """Letters due now."""
    now = datetime.now(tz=UTC)
    letters = Letter.objects.bulk_create(
        Letter(
            kind="account",
            address=f"reader{number}@example.org",
            title="A letter",
            text="Words",
            not_before=now,
            put_at=now,
        )
        for number in range(how_many)
    )
    return [letter.pk for letter in letters]


def lost_and_repeated() -> tuple[int, int]:
    """How many letters were lost, and how many were posted more than once."""
    posted = Counter(PostedLetter.objects.values_list("reference", flat=True))
    lost_letters = Letter.objects.exclude(state__in=OPEN_STATES).exclude(
        reference__in=posted
    )
    return lost_letters.count(), sum(1 for times in posted.values() if times > 1)


def _database_url() -> str:
    settings = connection.settings_dict
    base = os.environ["DATABASE_URL"]
    address, _, query = base.partition("?")
    renamed = f"{address.rpartition('/')[0]}/{settings['NAME']}"
    return f"{renamed}?{query}" if query else renamed
