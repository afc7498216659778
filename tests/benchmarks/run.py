"""The run: at each size the bare views, then the pages, then the CSV of everything."""

import logging
import sys
import time

from django.core.management import call_command
from django.db import connections

from tests.benchmarks import build, bulk, measure, submissions, table, web
from tests.benchmarks.benchmark_pages import BenchmarkPages

_STARTED_AT = time.monotonic()


def main(sizes: tuple[int, ...]) -> None:
    logging.disable(logging.INFO)
    _print_progress("migrating")
    call_command("migrate", verbosity=0)
    people = build.people()
    build.round_()
    ask = BenchmarkPages(people["official"])
    results, bulks, case_count, leads = [], [], 0, 0
    for size in sizes:
        _print_progress(f"building {size:,} cases")
        lead_count = 100 + size // 50
        build.add_cases(
            case_count + 1, size, leads=(leads + 1, lead_count), by=people["official"]
        )
        case_count, leads = size, lead_count
        with web.serving("tests.benchmarks.bare_wsgi") as server:
            for page in ask.bare():
                _print_progress(f"{size:,}: {page.name}")
                queries = 1 if page.name == table.BARE else 0
                results.append(measure.measure(page, size, server, queries))
        with web.serving("innovation.wsgi") as server:
            for page in ask.pages(size):
                _print_progress(f"{size:,}: {page.name}")
                queries = measure.queries_of(page)
                results.append(measure.measure(page, size, server, queries))
            _print_progress(f"{size:,}: CSV of everything")
            headers = ask.signed_in
            bulks.append(bulk.measure(size, server, headers, people["official"]))
    with web.serving("innovation.wsgi") as server:
        _print_progress(f"sending {submissions.NUMBER} expressions")
        sent = submissions.measure(server)
    _print_progress("verifying the chains")
    call_command("verify_events", verbosity=0)
    connections.close_all()
    tables = table.pages(results), table.bulks(bulks), table.submissions(sent)
    print(*tables, sep="\n\n")


def _print_progress(what: str) -> None:
    elapsed = time.monotonic() - _STARTED_AT
    print(f"{elapsed:6.1f} s  {what}", file=sys.stderr, flush=True)
