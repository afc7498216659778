"""Deletes intermediate versions of answers after some days.

A page saves automatically every two seconds while somebody types. Of these versions,
the last in each ten minutes is kept, and the last before a text was made shorter.
"""

from datetime import datetime

from django.db import connection

from innovation.core import limits

SHORTENED_BY = 100
"""If a version has so many characters fewer, the one before it is kept."""
_LOOK_BACK = 10 * limits.AUTOSAVE_LIFE
_THIN = """
    WITH old AS (
        SELECT id, number, autosaved, char_length(typed::text) AS size,
            expression_id, bid_id, code, page, saved_by_id,
            floor(extract(epoch FROM saved_at) / %(stretch)s) AS stretch
        FROM bids_answerversion
        WHERE saved_at >= %(since)s AND saved_at < %(until)s
            AND page <> '' AND NOT set_aside
    ), placed AS (
        SELECT id, autosaved, size, lead(size) OVER step AS following
        FROM old
        WINDOW step AS (
            PARTITION BY expression_id, bid_id, code, page, saved_by_id, stretch
            ORDER BY number
        )
    )
    DELETE FROM bids_answerversion USING placed
    WHERE bids_answerversion.id = placed.id AND placed.autosaved
        AND placed.following > placed.size - %(shorter)s
"""


def thin(*, at: datetime) -> int:
    """Delete intermediate versions; return how many. A person's last version stays, and
    so do those that were saved by a person or set aside.
    """
    until = at - limits.AUTOSAVE_LIFE
    parameters: dict[str, datetime | float] = {
        "stretch": limits.AUTOSAVE_INTERVAL.total_seconds(),
        "since": until - _LOOK_BACK,
        "until": until,
        "shorter": SHORTENED_BY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_THIN, parameters)
        return int(cursor.rowcount)
