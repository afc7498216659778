"""One page: how long, how much processor, how many queries, how many a second."""

import statistics
import time
from dataclasses import dataclass

from tests.benchmarks import floor, web
from tests.benchmarks.client import Client, requests_a_second
from tests.benchmarks.pages import Page

WARM_UP, REQUESTS, SECONDS = 16, 150, 1.5


@dataclass(frozen=True, slots=True)
class Result:
    """Times in milliseconds, memory in bytes."""

    page: str
    cases: int
    median: float
    p95: float
    web_cpu: float
    database_cpu: float
    floor: float | None
    queries: int
    a_second: float
    memory: int

    @property
    def cpu(self) -> float:
        return self.web_cpu + self.database_cpu


def measure(
    page: Page,
    cases: int,
    server: web.Server,
    recording: floor.Recording | None = None,
) -> Result:
    """A bare page has no recording, and is its own floor."""
    _warm(server, page)
    client = Client(server.port, page.path, page.headers)
    for _ in range(WARM_UP):
        client.get()
    web_before, database_before = server.cpu(), web.database_cpu()
    times = []
    for _ in range(REQUESTS):
        started = time.perf_counter()
        client.get()
        times.append((time.perf_counter() - started) * 1000)
    web_after, database_after = server.cpu(), web.database_cpu()
    client.close()
    return Result(
        page=page.name,
        cases=cases,
        median=statistics.median(times),
        p95=statistics.quantiles(times, n=20)[-1],
        web_cpu=(web_after - web_before) / REQUESTS * 1000,
        database_cpu=(database_after - database_before) / REQUESTS * 1000,
        floor=floor.cpu(recording) if recording else None,
        queries=len(recording.queries) if recording else page.queries,
        a_second=requests_a_second(server.port, page.path, page.headers, SECONDS),
        memory=server.memory(),
    )


def _warm(server: web.Server, page: Page) -> None:
    """Both workers and their threads: each loads templates and connects at first."""
    clients = [Client(server.port, page.path, page.headers) for _ in range(8)]
    for client in clients * 3:
        client.get()
    for client in clients:
        client.close()
