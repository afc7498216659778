"""The rows of a query as CSV, which PostgreSQL writes and this process streams."""

import os
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO

from django.contrib.postgres.aggregates import StringAgg
from django.db import connection, models, transaction
from django.db.models import (
    Case,
    CharField,
    DateField,
    DecimalField,
    Expression,
    F,
    Func,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.http import HttpRequest, StreamingHttpResponse

from innovation.core import clock, limits, quotas, timeouts
from innovation.core.columns import column_field
from innovation.web import csv_files, rate_limits

_PIECE_BYTES = 64 * 1024


def labelled_column(column: str, words: Mapping[str, str]) -> Case:
    """A column of known values, each as its label."""
    cases = (
        When(**{column: value}, then=Value(label)) for value, label in words.items()
    )
    return Case(*cases, default=F(column), output_field=CharField())


def london_day(moment: str | Combinable) -> Cast:
    """The date of a moment in London."""
    return Cast(TruncDate(moment, tzinfo=clock.LONDON), DateField())


def text_or_empty(path: str) -> Coalesce:
    """A text that somebody typed, where the row may have none."""
    return Coalesce(F(path), Value("", TextField()), output_field=TextField())


def pounds(pence: Combinable) -> Cast:
    """Pounds with two places; empty if there is no amount."""
    amount = DecimalField(max_digits=20, decimal_places=2)
    return Cast(Cast(pence, amount) / Value(100), amount)


def joined_column(model: type[Model], relation: str, column: str) -> Coalesce:
    """A column of the rows that have `relation` to this one, in the order of their
    names, with semicolons. A subquery, because a join would group all rows.
    """
    related = model._default_manager.filter(**{relation: OuterRef("pk")}).order_by()
    texts = StringAgg(column, "; ", order_by="name")
    rows = related.values(relation).annotate(texts=texts).values("texts")
    return Coalesce(Subquery(rows, output_field=TextField()), Value("", TextField()))


def columns_of(model: type[models.Model], *names: str) -> list[Expression | F]:
    """Fields as a file has them: the labels of choices, and moments in UTC."""
    return [_readable_column(column_field(model, name)) for name in names]


def _readable_column(field: "models.Field[object, object]") -> Expression | F:
    if field.choices:
        return labelled_column(field.name, dict(field.flatchoices))
    if isinstance(field, models.DateTimeField):
        return UtcMoment(F(field.name))
    return F(field.name)


class UtcMoment(Func):
    """`2015-03-03T17:00:00.000000Z`, as `core.formatting.format_utc` writes it."""

    template = (
        "to_char(%(expressions)s AT TIME ZONE 'UTC', "
        '\'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')'
    )
    output_field = TextField()


def consume_quota(name: str, limit: int, *, subject: object, at: datetime) -> None:
    """Raise `TooOften` if this person or address has had `limit` of these this hour."""
    quotas.consume(
        name,
        subject,
        limit=limit,
        window=limits.EXPORT_WINDOW,
        at=at,
        refusal=f"You can have at most {limit} of these in an hour.",
    )


def csv_response(
    request: HttpRequest,
    name: str,
    header: Sequence[str],
    rows: "QuerySet[Model, object]",
) -> StreamingHttpResponse:
    """Raise `TooOften` if there were too many exports this hour: of the user or, where
    nobody is signed in, of the address, which many may share.
    """
    limit = limits.EXPORTS_A_PERSON
    if not request.user.is_authenticated:
        limit = limits.EXPORTS_AN_ADDRESS
    subject = rate_limits.requester(request)
    consume_quota("exports", limit, subject=subject, at=clock.now())
    return StreamingHttpResponse(
        fetch_first_piece(stream_csv(header, rows)),
        content_type=csv_files.MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def stream_csv(
    header: Sequence[str], rows: "QuerySet[Model, object]"
) -> Generator[bytes]:
    """COPY runs in a thread that writes to a pipe, so that memory does not grow with
    the number of rows. Until it ends, no other thread uses the connection. If the
    reader goes away, the pipe breaks and the COPY ends. If the COPY fails, the response
    breaks off, so that a part of a file is never taken for all of it.
    """
    # In a transaction, whose timeouts reach no other user of a pooler.
    with transaction.atomic(), timeouts.use_timeouts(timeouts.LONG):
        yield from _copy_rows(header, rows)


def fetch_first_piece(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Fetch the first piece now, so that an error is raised before the response."""
    first = next(pieces)
    return _first_then_rest(first, pieces)


def _first_then_rest(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def _copy_rows(
    header: Sequence[str], rows: "QuerySet[Model, object]"
) -> Iterator[bytes]:
    copying = _CopyThread(copy_statement(rows))
    copying.start()
    try:
        with open(copying.read_end, "rb", buffering=0) as pipe:
            # An early error is raised before the response starts.
            piece = pipe.read(_PIECE_BYTES)
            if not piece:
                copying.join()
            if copying.error is None:
                yield csv_files.head(header)
            yield from csv_files.end_lines(_read_pieces(piece, pipe))
    finally:
        copying.join()
        if copying.error is not None:
            # The server may be in the middle of the COPY: the connection is unusable.
            connection.close()
    if copying.error is not None:
        raise copying.error


def _read_pieces(first: bytes, pipe: IO[bytes]) -> Iterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = pipe.read(_PIECE_BYTES)


def copy_statement(rows: "QuerySet[Model, object]") -> str:
    """The query with its parameters filled in by the driver: COPY takes none."""
    compiler = rows.query.get_compiler(rows.db)
    statement, parameters = compiler.as_sql()
    with connection.cursor() as cursor:
        selected: bytes = cursor.mogrify(statement, parameters)
    fields = [expression.output_field for expression, *_ in compiler.select or ()]
    names = [f"cell_{place}" for place in range(len(fields))]
    cells = [
        _guarded(name) if isinstance(field, CharField | TextField) else name
        for name, field in zip(names, fields, strict=True)
    ]
    return (
        f"COPY (SELECT {', '.join(cells)} FROM ({selected.decode()}) "
        f"AS listed ({', '.join(names)})) TO STDOUT WITH (FORMAT csv)"
    )


def _guarded(cell: str) -> str:
    """Text as `csv_files` writes it. The first character is compared as a number, which
    is quicker than as a pattern.
    """
    starts = ", ".join(str(ord(start)) for start in csv_files.FORMULA_STARTS)
    return f"CASE WHEN ascii({cell}) IN ({starts}) THEN '''' || {cell} ELSE {cell} END"


class _CopyThread(threading.Thread):
    def __init__(self, statement: str) -> None:
        super().__init__(name="copy", daemon=True)
        self.statement = statement
        self.read_end, self.write_end = os.pipe()
        self.error: Exception | None = None
        connection.ensure_connection()
        # The driver's cursor: Django's can only be used in the thread that made it.
        self.driver_connection = connection.connection

    def run(self) -> None:
        try:
            with (
                open(self.write_end, "wb", buffering=_PIECE_BYTES) as pipe,
                self.driver_connection.cursor() as cursor,
            ):
                cursor.copy_expert(self.statement, pipe, size=_PIECE_BYTES)
        except Exception as error:
            # Passed to the thread of the response, which raises it.
            self.error = error
