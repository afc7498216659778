"""The results as tables of Markdown, the ratios that matter among them."""

from collections.abc import Iterable, Sequence

from tests.benchmarks.bulk import BulkResult
from tests.benchmarks.measure import Result
from tests.benchmarks.submissions import Submissions

CONSTANT, BARE = "(a) a constant", "(b) 25 bare rows"


def pages(results: Sequence[Result]) -> str:
    """Growth is of the whole CPU, from the smallest size to this one."""
    bare = {r.cases: r for r in results if r.page == BARE}
    constant = {r.cases: r for r in results if r.page == CONSTANT}
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
            f"{r.cpu / smallest[r.page].cpu:.2f}",
        )
        for r in results
    ]
    return _table(
        (
            *("cases", "page", "median ms", "p95 ms", "CPU web ms", "CPU database ms"),
            *("queries", "requests/s", "MB a worker", "CPU ÷ (a)", "CPU ÷ (b)"),
            "growth",
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


def submissions(results: Submissions) -> str:
    return _table(
        (
            *("expressions sent/s", "bare insert-and-commit of the same rows/s"),
            *("ratio", "CPU web ms each"),
        ),
        [
            (
                f"{results.a_second:.1f}",
                f"{results.bare_a_second:.1f}",
                f"{results.bare_a_second / results.a_second:.1f}",
                f"{results.web_cpu * 1e3:.1f}",
            )
        ],
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
