"""The service notices at the top of every page.

Each process caches the current ones, so that pages need no query, and reads them again
after `REFRESH`. Their start and end are exact all the same. During an outage of the
database, pages show the cached ones.
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
MAX_NOTICES = 5
"""The most notices on a page: the newest of the current ones."""


@dataclass(frozen=True, slots=True)
class _Cache:
    notices: tuple[Notice, ...] = ()
    until: float = 0


_cache = _Cache()


def service_notices(request: HttpRequest) -> dict[str, object]:
    """The template variable. It is lazy, because only the page frame uses it."""
    return {"service_notices": partial(current, clock.now())}


def current(at: datetime) -> Sequence[Notice]:
    """All current notices, whoever they are for."""
    if time.monotonic() >= _cache.until:
        keep(_read(at), seconds=REFRESH.total_seconds())
    return [
        notice for notice in _cache.notices if notice.starts_at <= at < notice.ends_at
    ]


def keep(notices: Sequence[Notice], *, seconds: float) -> None:
    """Cache these notices for `seconds`; 0 makes the next page read them again."""
    global _cache
    _cache = _Cache(tuple(notices), time.monotonic() + seconds)


def _read(at: datetime) -> tuple[Notice, ...]:
    notices = Notice.objects.filter(ends_at__gt=at, starts_at__lte=at + REFRESH)
    try:
        return tuple(notices.order_by("-starts_at", "-pk")[:MAX_NOTICES])
    except Error:
        return _cache.notices
