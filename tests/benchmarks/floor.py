"""The least that a page can cost: its queries by the bare driver, its text joined."""

import os
import time
from dataclasses import dataclass

import psycopg2
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from tests.benchmarks.pages import Page

REPEATS = 200


@dataclass(frozen=True, slots=True)
class Recording:
    """What one request asked of the database, and its answer."""

    queries: tuple[str, ...]
    lines: tuple[str, ...]


def record(page: Page) -> Recording:
    """Record the second of two requests in this process, when caches are warm."""
    client = Client(headers=page.headers)
    # A prepared statement would be recorded by its name alone.
    with override_settings(PREPARED_STATEMENTS=False):
        client.get(page.path, SERVER_NAME="127.0.0.1")
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(page.path, SERVER_NAME="127.0.0.1")
    if answer.status_code != 200:
        raise SystemExit(f"{page.path} answered {answer.status_code}")
    return Recording(
        queries=tuple(query["sql"] for query in captured),
        lines=tuple(answer.content.decode().splitlines(keepends=True)),
    )


def cpu(recording: Recording) -> float:
    """Milliseconds of this process for one answer."""
    reads = [query for query in recording.queries if query.startswith("SELECT")]
    driver = psycopg2.connect(os.environ["DATABASE_URL"])
    driver.autocommit = True
    with driver.cursor() as cursor:
        before = time.thread_time()
        for _ in range(REPEATS):
            for query in reads:
                cursor.execute(query)
                cursor.fetchall()
            "".join(recording.lines).encode()
        spent = time.thread_time() - before
    driver.close()
    return spent / REPEATS * 1000
