"""The service notices that stand at the top of every page.

A process keeps those that last, so that no page pays a query for them, and reads them
anew after `REFRESH`; when each begins and ends is exact. While the database is away
pages show the ones that were read last.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import Error
from django.http import HttpRequest

from innovation.core import clock
from innovation.registers.models import Notice

REFRESH = timedelta(seconds=15)
MOST = 5
"""The newest of those that last at once: a page is about something else."""


@dataclass(frozen=True, slots=True)
class _Kept:
    notices: tuple[Notice, ...] = ()
    until: float = 0


_kept = _Kept()


def service_notices(request: HttpRequest) -> dict[str, object]:
    """For every template: read when a page’s frame asks, and by no other answer."""
    return {"service_notices": partial(current, clock.now())}


def current(at: datetime) -> Sequence[Notice]:
    """Those that last at the moment, for whomever they are."""
    if time.monotonic() >= _kept.until:
        keep(_read(at), seconds=REFRESH.total_seconds())
    return [each for each in _kept.notices if each.starts_at <= at < each.ends_at]


def keep(notices: Sequence[Notice], *, seconds: float) -> None:
    """Show these for so long; nothing for no seconds, which reads them anew."""
    global _kept
    _kept = _Kept(tuple(notices), time.monotonic() + seconds)


def _read(at: datetime) -> tuple[Notice, ...]:
    due = Notice.objects.filter(ends_at__gt=at, starts_at__lte=at + REFRESH)
    try:
        return tuple(due.order_by("-starts_at", "-pk")[:MOST])
    except Error:
        return _kept.notices
