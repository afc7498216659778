"""How a job is enqueued, and what every job needs: its id in the log, and one run per
time slot.

A message carries only ids; the work is in the database. A lost message only costs time:
the beat schedule has a sweep for each queue that finds what is still due.
"""

import atexit
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import structlog
from celery import current_task
from django.db import transaction
from kombu import Connection

from innovation.celery import app
from innovation.core.models import Slot

_log = structlog.get_logger("innovation.job")
SLOT_LIFE = timedelta(days=2)
_QUEUE_SIZE = 1000
_RETRY_OPTIONS = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
}


def enqueue(job: str, ids: Sequence[int]) -> None:
    """Send the job after the commit, without waiting for the broker.

    A thread of this process does the publishing, since even one attempt at a dead
    broker can outlast a request (celery #4296, #4556). What does not fit into its
    queue is left to the sweep.
    """
    transaction.on_commit(lambda: _publisher.put(job, list(ids)))


class _Publisher:
    """Starts its thread with the first job, so that a process forked before it (a web
    or job worker) starts one of its own. The thread keeps its connection.
    """

    connection: Connection | None = None

    def __init__(self) -> None:
        self.waiting: queue.Queue[tuple[str, list[int]]] = queue.Queue(_QUEUE_SIZE)
        self.starting = threading.Lock()
        self.thread: threading.Thread | None = None

    def put(self, job: str, ids: list[int]) -> None:
        try:
            self.waiting.put_nowait((job, ids))
        except queue.Full:
            return
        with self.starting:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(
                    target=self._publish, name="job publisher", daemon=True
                )
                self.thread.start()

    def _publish(self) -> None:
        while True:
            job, ids = self.waiting.get()
            try:
                self._send(job, ids)
            except Exception as error:
                # Any error: the row is committed and the sweep will find it.
                _log.warning("job_not_enqueued", job=job, error=type(error).__name__)
            finally:
                self.waiting.task_done()

    def _send(self, job: str, ids: list[int]) -> None:
        """An outage may have ended the connection: then a new one gets a second try."""
        if self.connection is not None:
            try:
                return _send_on(self.connection, job, ids)
            except Exception:
                self.disconnect()
        options = {**app.conf.broker_transport_options, **_RETRY_OPTIONS}
        self.connection = app.connection_for_write(transport_options=options)
        try:
            _send_on(self.connection, job, ids)
        except Exception:
            self.disconnect()
            raise

    def disconnect(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            with suppress(Exception):
                connection.release()

    def settle(self) -> None:
        """At the end of a command, give the last messages a moment to get out."""
        if self.thread is not None and self.waiting.unfinished_tasks:
            timer = threading.Thread(target=self.waiting.join, daemon=True)
            timer.start()
            timer.join(1)


def _send_on(connection: Connection, job: str, ids: list[int]) -> None:
    app.send_task(job, args=[ids], connection=connection, retry=False)


def claim_slot(job: str, seconds: int, *, at: datetime) -> bool:
    """True for the first caller in each period of `seconds`, across all processes.

    If two beats, or a beat and a late message, both ask, the unique row lets one in. It
    is committed before the job runs, so a job that dies waits for its next slot.
    Nothing is lost by that, because each job looks for everything that is due.
    """
    start = datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=UTC)
    # `ignore_conflicts` would not tell whether this call created the row.
    if Slot.objects.filter(job=job, slot=start).exists():
        return False
    _, won = Slot.objects.get_or_create(job=job, slot=start)
    if won:
        Slot.objects.filter(job=job, slot__lt=start - SLOT_LIFE).delete()
    return won


@contextmanager
def job_logging(job: str, **ids: object) -> Iterator[None]:
    """Add the job's name, its id and the ids of its objects to each log line."""
    job_id = current_task.request.id if current_task else None
    with structlog.contextvars.bound_contextvars(job=job, job_id=job_id, **ids):
        try:
            yield
        except Exception:
            _log.exception("job failed")
            raise
        _log.info("job done")


_publisher = _Publisher()
atexit.register(_publisher.settle)
