"""Forms taken a second from 1, 4 and 16 clients, beside the bare driver that writes the
same rows into the same tables, with their indexes, triggers and constraints.

Each kind is measured three times from the same state of the database: in this process,
which records what is written; over HTTP; and by the bare driver.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TypeVar
from urllib.parse import urlencode

from django.test import Client

from funding.demo_data.people import DemoUsers
from tests import database_copies
from tests.benchmarks import bare_copies, recorder, web
from tests.benchmarks.posts import CSRF, SENDING, Post, Writes

CLIENTS = (1, 4, 16)
NUMBER = 48
"""Posts for each number of clients."""
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
    recordings: list[list[recorder.Recording]]

    @property
    def number(self) -> int:
        return sum(map(len, self.shares))


def measure(
    demo: DemoUsers, serving: Callable[[], AbstractContextManager[web.Server]]
) -> Iterator[WriteResult]:
    runs = [
        _Run(write.name, write.prepare(NUMBER, clients), [])
        for write in Writes(demo)
        for clients in CLIENTS
    ]
    recorder.move_sequences()
    database_copies.save_copy(_STAGE)
    for run in runs:
        run.recordings = [list(map(_record, share)) for share in run.shares]
    database_copies.restore_copy(_STAGE)
    sent = []
    with serving() as server:
        for run in runs:
            before = server.cpu(), web.database_cpu()
            seconds = _run_together(run.shares, lambda mine: _send(server.port, mine))
            after = server.cpu(), web.database_cpu()
            sent.append((seconds, after[0] - before[0], after[1] - before[1]))
    database_copies.restore_copy(_STAGE)
    for run, (seconds, web_cpu, database_cpu) in zip(runs, sent, strict=True):
        bare = _run_together(run.recordings, recorder.replay)
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
    return run.number / _run_together(keys, bare_copies.insert)


def _record(post: Post) -> recorder.Recording:
    with recorder.record() as made:
        answer = Client(headers=post.headers).post(
            post.path, post.fields, SERVER_NAME="127.0.0.1"
        )
    _check(post, answer.status_code)
    return made


def _send(port: int, posts: Iterable[Post]) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=120)
    for post in posts:
        headers = post.headers | {
            "Cookie": f"{post.headers['Cookie']}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line.request("POST", post.path, urlencode(post.fields), headers)
        answer = line.getresponse()
        answer.read()
        _check(post, answer.status)
    line.close()


def _check(post: Post, status: int) -> None:
    if status != post.status:
        raise SystemExit(f"{post.path} answered {status}")


def _run_together(
    shares: Sequence[Sequence[T]], work: Callable[[Sequence[T]], None]
) -> float:
    """Seconds until every client has done its share."""
    failed: list[BaseException] = []

    def do(share: Sequence[T]) -> None:
        try:
            work(share)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=do, args=(share,)) for share in shares]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return time.perf_counter() - began
