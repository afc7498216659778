"""The text that is hashed, as one SQL expression over an event's row.

The insert trigger and `verify_events` use it. A change would break every existing
chain, so columns may only be added at the end, and must be NULL in earlier events:
`concat_ws` leaves out NULL, so that their hashes stay the same.
"""

COLUMNS = (
    "chain_id::text",
    "seq::text",
    "name",
    "subject",
    "actor",
    "to_char({row}at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
    "to_char({row}recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
    "data::text",
    "tally::text",
    "stage",
    "request_id",
    "txid::text",
    "previous",
    "rows::text",
)


def expression(row: str) -> str:
    """SQL for the SHA-256, in hex, of the row named `row`."""
    parts = ", ".join(
        column.format(row=f"{row}.") if "{row}" in column else f"{row}.{column}"
        for column in COLUMNS
    )
    return f"encode(sha256(convert_to(concat_ws(E'\\x1f', {parts}), 'UTF8')), 'hex')"
