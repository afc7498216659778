"""Reads a workbook in the sandbox: see `innovation.core.sandbox`.

A small file can make the reader allocate gigabytes. If that fails, the Rust library
ends its process.
"""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from funding.domain.importing.layout import Layout, Mark, Range
from funding.domain.importing.tables import Cell, UnreadableFile
from innovation.core import sandbox

_WORKBOOK_TOO_LARGE = (
    "The workbook holds far more than a table of past cases. Copy the values of the "
    "table into a new workbook, or save it as CSV, and try again."
)


def read(content: bytes) -> tuple[list[list[Cell]], Layout]:
    """The rows of the sheet with the cases, and its layout. Raise `UnreadableFile`."""
    try:
        answer = sandbox.run(f"{__name__}:read_in_sandbox", content)
    except sandbox.SandboxExhausted:
        raise UnreadableFile(_WORKBOOK_TOO_LARGE) from None
    refusal, cell_rows, layout = json.loads(answer, object_hook=_decode_date)
    if refusal:
        raise UnreadableFile(refusal)
    return cell_rows, _decode_layout(layout)


def read_in_sandbox(content: bytes) -> bytes:
    """The answer of the sandbox as JSON: the message of a refusal, the rows and the
    layout.
    """
    from funding.domain.importing import workbook_reader

    answer: tuple[str, list[list[Cell]] | None, dict[str, Any] | None]
    try:
        rows, layout = workbook_reader.read(content)
        answer = "", rows, asdict(layout)
    except UnreadableFile as refused:
        answer = str(refused), None, None
    return json.dumps(answer, default=_encode_date).encode()


def _decode_layout(values: dict[str, Any]) -> Layout:
    layout = Layout(**values)
    layout.merged = [Range(**merged) for merged in values["merged"]]
    layout.marks = [Mark(**mark) for mark in values["marks"]]
    return layout


def _decode_date(values: dict[str, Any]) -> object:
    if "day" in values:
        return date.fromisoformat(values["day"])
    if "moment" in values:
        return datetime.fromisoformat(values["moment"])
    return values


def _encode_date(cell: object) -> dict[str, str]:
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    assert isinstance(cell, date)
    return {"day": cell.isoformat()}
