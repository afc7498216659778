"""The time when a request arrived, which deadlines go by.

The server's worker notes when the last byte reached this machine. A load balancer that
buffers requests knows it sooner: its header counts if `TRUST_REQUEST_START` is set.
Without either, as in a test, it is the time when the request is read.
"""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from innovation.core import clock
from innovation.server.arrival import ARRIVED_AT

MAX_QUEUE_TIME = timedelta(seconds=60)
"""A load balancer gives up after this time, so an earlier time is wrong."""
_KEY = "innovation.request_arrived_at"
"""Of the time in `request.META`; no header can set it."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Seconds with or without a fraction, milliseconds or microseconds since 1970.
_WELL_FORMED = re.compile(
    r"(?:t=)?(?:(\d{10})(?:\.(\d{1,6}))?|(\d{13})|(\d{16}))", re.ASCII
)


def arrived_at(request: HttpRequest) -> datetime:
    """The time is read once, by the first middleware, and then stays the same."""
    if _KEY not in request.META:
        request.META[_KEY] = _read_arrival(request)
    moment: datetime = request.META[_KEY]
    return moment


def _read_arrival(request: HttpRequest) -> datetime:
    server_time = _received_at(request)
    if not settings.TRUST_REQUEST_START:
        return server_time
    proxy_time = request_start(request.headers.get("X-Request-Start", ""))
    if proxy_time is None or not (
        server_time - MAX_QUEUE_TIME <= proxy_time <= server_time
    ):
        return server_time
    return proxy_time


def request_start(header: str) -> datetime | None:
    """The time in the header, or `None` if it is malformed. A time cut to the second or
    millisecond is read as the latest time that it may stand for.
    """
    match = _WELL_FORMED.fullmatch(header.strip())
    if match is None:
        return None
    seconds, fraction, milliseconds, microseconds = match.groups()
    digits = f"{seconds}{fraction or ''}" if seconds else milliseconds or microseconds
    return _EPOCH + timedelta(microseconds=int(digits.ljust(16, "9")))


def _received_at(request: HttpRequest) -> datetime:
    received_ns = request.META.get(ARRIVED_AT)
    if received_ns is None:
        return clock.now()
    # Round up, so that a request after a deadline never counts as in time.
    return _EPOCH + timedelta(microseconds=-(-received_ns // 1000))
