"""As-at figures, read from the tallies of the event log."""

from datetime import date

from django.db import connection, transaction

_AS_AT = """
    SELECT figure,
           coalesce(sum(total) FILTER (WHERE member = ''), 0)
             + count(*) FILTER (WHERE member <> '' AND total > 0)
    FROM (SELECT figure, member, sum(change) AS total
          FROM audit_tally WHERE day <= %s GROUP BY figure, member) AS tallied
    GROUP BY figure
"""
_MEMBERS = """
    SELECT member FROM audit_tally
    WHERE figure = %s AND day <= %s AND member <> ''
    GROUP BY member HAVING sum(change) > 0 ORDER BY member
"""


def as_at(day: date) -> dict[str, int]:
    """Every figure at the end of `day`. A figure never tallied is absent."""
    with connection.cursor() as cursor:
        cursor.execute(_AS_AT, [day])
        return {figure: int(total) for figure, total in cursor.fetchall()}


def members(figure: str, day: date) -> list[str]:
    """The members of a distinct count, such as the councils' DfE numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, [figure, day])
        return [member for (member,) in cursor.fetchall()]


def fold(before: date) -> None:
    """Merge the per-connection rows of past days. Figures stay the same.

    Locked rows are skipped until the next night, so that writers never wait.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_fold(%s)", [before])
