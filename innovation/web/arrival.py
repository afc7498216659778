"""When a request arrived, by which a deadline is judged.

The server's worker notes when the last byte reached this machine. A balancer that
takes in whole requests knows it sooner; `TRUST_REQUEST_START` says that its word
counts. Without either (a test's client) a request arrives when it is read.
"""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from innovation.core import clock
from innovation.server.arrival import ARRIVED_AT

MAX_QUEUE_TIME = timedelta(seconds=60)
"""A balancer gives up on a request after that: what it says is older is no queue."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Seconds with or without a fraction, milliseconds or microseconds since 1970.
_WELL_FORMED = re.compile(
    r"(?:t=)?(?:(\d{10})(?:\.(\d{1,6}))?|(\d{13})|(\d{16}))", re.ASCII
)


def arrived_at(request: HttpRequest) -> datetime:
    here = _received_at(request)
    if not settings.TRUST_REQUEST_START:
        return here
    told = request_start(request.headers.get("X-Request-Start", ""))
    if told is None or not here - MAX_QUEUE_TIME <= told <= here:
        return here
    return told


def request_start(header: str) -> datetime | None:
    """Nothing where it cannot be read, such as two times one after the other. A time
    cut to the second or millisecond is the last moment that it may mean.
    """
    found = _WELL_FORMED.fullmatch(header.strip())
    if found is None:
        return None
    seconds, fraction, milliseconds, microseconds = found.groups()
    digits = f"{seconds}{fraction or ''}" if seconds else milliseconds or microseconds
    return _EPOCH + timedelta(microseconds=int(digits.ljust(16, "9")))


def _received_at(request: HttpRequest) -> datetime:
    noted = request.META.get(ARRIVED_AT)
    if noted is None:
        return clock.now()
    # To the next microsecond: what came after a deadline never counts as in time.
    return _EPOCH + timedelta(microseconds=-(-noted // 1000))
