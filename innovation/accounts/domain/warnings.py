"""Records warnings about words that may identify a child."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Event
from innovation.core import limits, quotas

_DAY = timedelta(days=1)


@transaction.atomic
def record(
    kinds: Sequence[str],
    *,
    subject: str,
    confirmed: bool,
    page: str,
    by: User,
    at: datetime,
) -> None:
    """Record, on the person's own chain, that they were warned or said that the text is
    not about a child; once for each open page. The text is not recorded.
    """
    name = AccountsEvent.TEXT_CONFIRMED if confirmed else AccountsEvent.TEXT_WARNED
    earlier_warnings = Event.objects.filter(chain=by.chain, name=name, data__page=page)
    if page and earlier_warnings.exists():
        return
    limit = limits.WARNINGS_A_PERSON
    if not quotas.try_consume("warnings", by.pk, limit=limit, window=_DAY, at=at):
        return
    events.record_on_chain(
        by.chain,
        name,
        subject=subject or by.key,
        by=by,
        at=at,
        data={"kinds": list(kinds), "page": page},
    )
