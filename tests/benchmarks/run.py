"""The run: at each size the bare views, then the pages, then the CSV of everything."""

import logging
import sys
import time

from django.core.management import call_command
from django.db import connections

from tests.benchmarks import (
    build,
    bulk,
    floor,
    measure,
    pages,
    table,
    web,
    writes,
)
from tests.benchmarks.pages import BenchmarkPages

_STARTED_AT = time.monotonic()


def main(sizes: tuple[int, ...]) -> None:
    logging.disable(logging.INFO)
    _print_progress("migrating")
    call_command("migrate", verbosity=0)
    users = build.load_demonstration()
    build.round_()
    requested = BenchmarkPages(users)
    results, bulks, case_count, leads = [], [], 0, 0
    for size in sizes:
        _print_progress(f"building {size:,} cases")
        lead_count = 100 + size // 50
        build.add_cases(
            case_count + 1, size, leads=(leads + 1, lead_count), by=users["official"]
        )
        case_count, leads = size, lead_count
        with web.serving("tests.benchmarks.bare_wsgi") as server:
            for page in pages.BARE_PAGES:
                _print_progress(f"{size:,}: {page.name}")
                results.append(measure.measure(page, size, server))
        with web.serving("innovation.wsgi") as server:
            for page in requested.pages():
                _print_progress(f"{size:,}: {page.name}")
                recording = floor.record(page)
                results.append(measure.measure(page, size, server, recording))
            _print_progress(f"{size:,}: CSV of everything")
            bulks.append(
                bulk.measure(size, server, requested.official, users["official"])
            )
    _print_progress("forms that are sent")
    writes_measured = list(
        writes.measure(users, lambda: web.serving("innovation.wsgi"))
    )
    _print_progress("verifying the chains")
    call_command("verify_events", verbosity=0)
    connections.close_all()
    tables = table.pages(results), table.bulks(bulks), table.writes(writes_measured)
    print(*tables, sep="\n\n")


def _print_progress(step: str) -> None:
    elapsed = time.monotonic() - _STARTED_AT
    print(f"{elapsed:6.1f} s  {step}", file=sys.stderr, flush=True)
