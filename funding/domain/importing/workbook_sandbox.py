"""Reads a workbook in the sandbox: see `innovation.core.sandbox`.

A small file can make the reader allocate gigabytes. If that fails, the Rust library
ends its process.
"""

import json
from datetime import date, datetime

from funding.domain.importing.tables import Cell, UnreadableFile
from innovation.core import sandbox

_WORKBOOK_TOO_LARGE = (
    "The workbook holds far more than a table of past cases. Copy the values of the "
    "table into a new workbook, or save it as CSV, and try again."
)


def rows(content: bytes) -> list[list[Cell]]:
    """The rows of its first sheet that is not empty. Raise `UnreadableFile`."""
    try:
        answer = sandbox.run(f"{__name__}:read_in_sandbox", content)
    except sandbox.SandboxExhausted:
        raise UnreadableFile(_WORKBOOK_TOO_LARGE) from None
    refusal, cell_rows = json.loads(answer, object_hook=_decode_date)
    if refusal:
        raise UnreadableFile(refusal)
    return list(cell_rows)


def read_in_sandbox(content: bytes) -> bytes:
    """The answer of the sandbox as JSON: the message of a refusal, and the rows."""
    from funding.domain.importing import workbook_reader

    answer: tuple[str, list[list[Cell]] | None]
    try:
        answer = "", workbook_reader.rows(content)
    except UnreadableFile as refused:
        answer = str(refused), None
    return json.dumps(answer, default=_encode_date).encode()


def _decode_date(values: dict[str, str]) -> Cell:
    if "day" in values:
        return date.fromisoformat(values["day"])
    return datetime.fromisoformat(values["moment"])


def _encode_date(cell: object) -> dict[str, str]:
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    assert isinstance(cell, date)
    return {"day": cell.isoformat()}
