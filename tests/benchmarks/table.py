"""The results as tables of Markdown, the ratios that matter among them."""

from collections.abc import Iterable, Sequence

from tests.benchmarks.bulk import BulkResult
from tests.benchmarks.measure import Result
from tests.benchmarks.pages import BARE, CONSTANT, VALUES
from tests.benchmarks.writes import WriteResult


def pages(results: Sequence[Result]) -> str:
    """Growth is of the whole CPU, from the smallest size to this one."""
    constant, bare, values = (
        {r.cases: r for r in results if r.page == page}
        for page in (CONSTANT, BARE, VALUES)
    )
    smallest = {r.page: r for r in reversed(results)}
    rows = [
        (
            f"{r.cases:,}",
            r.page,
            f"{r.median:.1f}",
            f"{r.p95:.1f}",
            f"{r.web_cpu:.2f}",
            f"{r.database_cpu:.2f}",
            str(r.queries),
            f"{r.a_second:,.0f}",
            f"{r.memory / 1e6:.0f}",
            f"{r.cpu / constant[r.cases].cpu:.1f}",
            f"{r.cpu / bare[r.cases].cpu:.2f}",
            f"{r.cpu / values[r.cases].cpu:.2f}",
            f"{r.web_cpu / r.floor:.1f}" if r.floor else "",
            f"{r.cpu / smallest[r.page].cpu:.2f}",
        )
        for r in results
    ]
    return _table(
        (
            *("cases", "page", "median ms", "p95 ms", "CPU web ms", "CPU database ms"),
            *("queries", "requests/s", "MB a worker", "CPU ÷ (a)", "CPU ÷ (b)"),
            *("CPU ÷ (c)", "web CPU ÷ floor", "growth"),
        ),
        rows,
    )


def bulks(results: Iterable[BulkResult]) -> str:
    rows = [
        (
            f"{r.cases:,}",
            f"{r.stream:.2f}",
            f"{r.stream_cpu:.2f}",
            f"{r.copy:.2f}",
            f"{r.stream / r.copy:.2f}",
            f"{r.size / 1e6:.1f}",
            f"{r.memory / 1e6:.1f}",
        )
        for r in results
    ]
    return _table(
        (
            *("cases", "CSV of everything s", "CPU web s", "PostgreSQL’s COPY s"),
            *("ratio", "MB of file", "MB added to a worker"),
        ),
        rows,
    )


def writes(results: Iterable[WriteResult]) -> str:
    rows = [
        (
            r.name,
            str(r.clients),
            f"{r.a_second:.1f}",
            f"{r.bare_a_second:.1f}",
            f"{r.bare_a_second / r.a_second:.1f}",
            f"{r.copies_a_second / r.a_second:.1f}" if r.copies_a_second else "",
            f"{r.web_cpu:.1f}",
            f"{r.database_cpu:.1f}",
            str(r.statements),
        )
        for r in results
    ]
    return _table(
        (
            *("form", "clients", "forms/s", "same rows by the driver/s", "ratio"),
            *("ratio to bare copies", "CPU web ms", "CPU database ms", "statements"),
        ),
        rows,
    )


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        )
        + " |"
        for line in lines
    )
