"""A job is a doorbell: it carries ids, and the work is found in the database.

Losing a ring loses nothing but time: each queue of work has a sweep in the beat
schedule that finds what is still due.
"""

import atexit
import queue
import threading
from collections.abc import Sequence

import structlog
from django.db import transaction

from innovation.celery import app

log = structlog.get_logger(__name__)
_WAITING = 1000
_PATIENCE = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
}


def ring(job: str, ids: Sequence[int]) -> None:
    """Once the transaction is committed, tell a worker; never wait for the broker.

    A thread of this process does the publishing, since even one attempt at a dead
    broker can outlast a request (celery #4296, #4556). What does not fit into its
    queue is left to the sweep.
    """
    transaction.on_commit(lambda: _doorbell.put(job, list(ids)))


class _Doorbell:
    """Starts its thread at the first ring, so that a process forked before it (a web
    or job worker) starts one of its own.
    """

    def __init__(self) -> None:
        self.waiting: queue.Queue[tuple[str, list[int]]] = queue.Queue(_WAITING)
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
                    target=self._publish, name="doorbell", daemon=True
                )
                self.thread.start()

    def _publish(self) -> None:
        while True:
            job, ids = self.waiting.get()
            try:
                _send(job, ids)
            except Exception as error:
                # Any error: the row is committed and the sweep will find it.
                log.warning("doorbell_not_heard", job=job, error=type(error).__name__)
            finally:
                self.waiting.task_done()

    def settle(self) -> None:
        """At the end of a command, give the last rings a moment to get out."""
        if self.thread is not None and self.waiting.unfinished_tasks:
            timer = threading.Thread(target=self.waiting.join, daemon=True)
            timer.start()
            timer.join(1)


def _send(job: str, ids: list[int]) -> None:
    """A connection each time: one kept through an outage would never come back."""
    options = {**app.conf.broker_transport_options, **_PATIENCE}
    with app.connection_for_write(transport_options=options) as connection:
        app.send_task(job, args=[ids], connection=connection, retry=False)


_doorbell = _Doorbell()
atexit.register(_doorbell.settle)
