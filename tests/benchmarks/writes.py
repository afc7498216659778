"""Forms taken a second from 1, 4 and 16 clients, beside the bare driver that writes the
same rows into the same tables, with their indexes, triggers and constraints.

Each kind is measured three times from the same state of the database: in this process,
which records what is written; over HTTP; and by the bare driver.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from typing import Any, TypeVar
from urllib.parse import urlencode

import psycopg2
from django.test import Client

from funding.demo_data.people import DemoUsers
from tests import database_copies
from tests.benchmarks import bare_copies, recorder, web
from tests.benchmarks.posts import CSRF, SENDING, Post, Writes

CLIENTS = (1, 4, 16)
NUMBER = 64
"""Posts for each number of clients."""
WARM_UP = 8
"""Posts by as many clients before that: one for each thread of the workers."""
_NUMBERS = ((WARM_UP, WARM_UP), *((NUMBER, clients) for clients in CLIENTS))
_STAGE = "written"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WriteResult:
    """Forms and bare writes a second, and for sendings bare copies of their rows;
    milliseconds of CPU for one form.
    """

    name: str
    clients: int
    a_second: float
    bare_a_second: float
    copies_a_second: float | None
    web_cpu: float
    database_cpu: float
    statements: int


@dataclass(slots=True)
class _Run:
    name: str
    shares: list[list[Post]]
    recordings: list[list[recorder.Recording]] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(map(len, self.shares))


def measure(
    demo: DemoUsers, serving: Callable[[], AbstractContextManager[web.Server]]
) -> Iterator[WriteResult]:
    runs = [
        _Run(write.name, write.prepare(number, clients))
        for write in Writes(demo)
        for number, clients in _NUMBERS
    ]
    recorder.move_sequences()
    database_copies.save_copy(_STAGE)
    for run in runs:
        run.recordings = [list(map(_record, share)) for share in run.shares]
    database_copies.restore_copy(_STAGE)
    timings = []
    with serving() as server:
        for run in runs:
            before = server.cpu(), web.database_cpu()
            connect = partial(HTTPConnection, "127.0.0.1", server.port, timeout=120)
            seconds = _run_together(run.shares, connect, _send)
            after = server.cpu(), web.database_cpu()
            timings.append((seconds, after[0] - before[0], after[1] - before[1]))
    database_copies.restore_copy(_STAGE)
    for run, (seconds, web_cpu, database_cpu) in zip(runs, timings, strict=True):
        bare = _run_together(run.recordings, _connect, recorder.replay)
        if run.number == WARM_UP:
            continue
        yield WriteResult(
            name=run.name,
            clients=len(run.shares),
            a_second=run.number / seconds,
            bare_a_second=run.number / bare,
            copies_a_second=_copies_a_second(run) if run.name == SENDING else None,
            web_cpu=web_cpu / run.number * 1000,
            database_cpu=database_cpu / run.number * 1000,
            statements=run.recordings[-1][-1].count,
        )
    database_copies.drop_copies()


def _copies_a_second(run: _Run) -> float:
    keys = [[post.path.split("/")[3] for post in share] for share in run.shares]
    bare_copies.create()
    return run.number / _run_together(keys, _connect, bare_copies.insert)


def _connect() -> Any:
    return psycopg2.connect(os.environ["DATABASE_URL"])


def _record(post: Post) -> recorder.Recording:
    with recorder.record() as recording:
        answer = Client(headers=post.headers).post(
            post.path, post.fields, SERVER_NAME="127.0.0.1"
        )
    _check(post, answer.status_code)
    return recording


def _send(line: HTTPConnection, posts: Iterable[Post]) -> None:
    for post in posts:
        headers = post.headers | {
            "Cookie": f"{post.headers['Cookie']}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line.request("POST", post.path, urlencode(post.fields), headers)
        answer = line.getresponse()
        answer.read()
        _check(post, answer.status)


def _check(post: Post, status: int) -> None:
    if status != post.status:
        raise SystemExit(f"{post.path} answered {status}")


def _run_together(
    shares: Sequence[Sequence[T]],
    connect: Callable[[], Any],
    work: Callable[[Any, Sequence[T]], None],
) -> float:
    """Seconds from when every client is connected until each has done its share."""
    failed: list[BaseException] = []
    connected = threading.Barrier(len(shares) + 1)

    def do(share: Sequence[T]) -> None:
        line = connect()
        connected.wait()
        try:
            work(line, share)
        except BaseException as error:
            failed.append(error)
        finally:
            line.close()

    threads = [threading.Thread(target=do, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    connected.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return time.perf_counter() - started
