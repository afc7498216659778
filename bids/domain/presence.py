"""Who has which section of a draft open. It is not part of the case's history, and
expires after a minute.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from bids.domain.applications import Case
from bids.models import Bid, Presence
from innovation.accounts.models import User
from innovation.core import limits, statements

LIFETIME = timedelta(minutes=1)
_RECORD = """
    WITH expired AS (
        DELETE FROM bids_presence
        WHERE {owner} = %(case)s AND user_id <> %(user)s AND at < %(expired)s
    )
    INSERT INTO bids_presence ({owner}, section, user_id, at)
    VALUES (%(case)s, %(section)s, %(user)s, %(at)s)
    ON CONFLICT ({owner}, section, user_id) DO UPDATE SET at = excluded.at
"""


def record_presence(case: Case, *, section: str, by: User, at: datetime) -> None:
    """Record that the user has the section open; delete others' expired entries."""
    owner = "bid_id" if isinstance(case, Bid) else "expression_id"
    values: dict[str, int | str | datetime] = {
        "case": case.pk,
        "section": section,
        "user": by.pk,
        "at": at,
        "expired": at - LIFETIME,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECORD.format(owner=owner), values)


def delete_expired(*, at: datetime) -> None:
    Presence.objects.filter(at__lt=at - limits.PRESENCE_LIFE).delete()


def others_present(case: Case, user: User, at: datetime) -> Sequence[Presence]:
    """The presence of others who have a section of this draft open."""
    return statements.fetch(
        _presences,
        *(case.pk, user.pk, at - LIFETIME, at + LIFETIME),
        variant=(type(case),),
    )


def _presences(
    model: type[Case], pk: int, user: int, since: datetime, until: datetime
) -> QuerySet[Presence]:
    rows = model(pk=pk).presences.filter(at__gte=since, at__lte=until)
    others: QuerySet[Presence] = rows.exclude(user=user).select_related("user")
    return others.order_by("user__name", "section", "pk")


def names_in_section(presences: Sequence[Presence], section: str) -> list[str]:
    return [str(row.user) for row in presences if row.section == section]
