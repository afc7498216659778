"""The CSV of everything, beside the same rows by PostgreSQL's own COPY."""

import statistics
import time
from dataclasses import dataclass

from django.db import connection

from bids.policies import cases_for
from innovation.accounts.models import User
from innovation.core.models import Quota
from innovation.reporting.report_types.cases import case_rows
from innovation.web import csv_export
from tests.benchmarks import web
from tests.benchmarks.client import Client

REPEATS = 3


@dataclass(frozen=True, slots=True)
class BulkResult:
    """Seconds; bytes of the file, and added to a worker's memory while it was made."""

    cases: int
    stream: float
    stream_cpu: float
    copy: float
    size: int
    memory: int


class _NullFile:
    size = 0

    def write(self, piece: bytes) -> None:
        self.size += len(piece)


def measure(
    cases: int, server: web.Server, headers: dict[str, str], by: User
) -> BulkResult:
    Quota.objects.all().delete()  # Or it has had as many exports as one person may.
    client = Client(server.port, "/reports/all-cases.csv", headers)
    client.drain()
    memory = server.memory()
    streams, copies, cpu, null_file = [], [], [], _NullFile()
    statement = csv_export.copy_statement(case_rows(cases_for(by).order_by("pk")))
    for _ in range(REPEATS):
        before = server.cpu()
        started = time.perf_counter()
        client.drain()
        streams.append(time.perf_counter() - started)
        cpu.append(server.cpu() - before)
        null_file = _NullFile()
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.copy_expert(statement, null_file)
        copies.append(time.perf_counter() - started)
    client.close()
    return BulkResult(
        cases,
        statistics.median(streams),
        statistics.median(cpu),
        statistics.median(copies),
        null_file.size,
        server.memory() - memory,
    )
