"""Takes out the steps between two versions of an answer, some days later.

A page saves by itself every two seconds while somebody types: of one such page the last
version of each ten minutes is enough, and the last before something was taken out.
"""

from datetime import datetime

from django.db import connection

from innovation.core import limits

SHORTENED_BY = 100
"""Characters fewer than before: something was taken out, so what was there stays."""
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
    """How many steps were taken out. Nobody's last text is among them, nor what was
    saved by a person or is set aside.
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
