"""When a request arrived: by the server's note, or by a trusted load balancer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from innovation.core import clock
from innovation.server.arrival import ARRIVED_AT, last_byte_time
from innovation.web.arrival import MAX_QUEUE_TIME, arrived_at, request_start

NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
NANOSECONDS = int(NOON.timestamp()) * 1_000_000_000
MILLISECOND = 1_000_000


def arrival_time(received_ns: int | None = NANOSECONDS, header: str = "") -> datetime:
    request = RequestFactory().post("/")
    if received_ns is not None:
        request.META[ARRIVED_AT] = received_ns
    if header:
        request.META["HTTP_X_REQUEST_START"] = header
    return arrived_at(request)


def test_the_servers_note_counts_rounded_up_to_the_microsecond() -> None:
    assert arrival_time() == NOON
    assert arrival_time(NANOSECONDS + 1) == NOON + timedelta(microseconds=1)


def test_without_a_note_it_is_now() -> None:
    before = clock.now()
    assert before <= arrival_time(None) <= clock.now()


@pytest.mark.parametrize(
    ("header", "start"),
    [
        ("t=1795953599.123", "2026-11-29T11:59:59.123999+00:00"),
        ("1795953599.123456", "2026-11-29T11:59:59.123456+00:00"),
        ("t=1795953599", "2026-11-29T11:59:59.999999+00:00"),
        ("t=1795953599123", "2026-11-29T11:59:59.123999+00:00"),
        (" 1795953599123456 ", "2026-11-29T11:59:59.123456+00:00"),
    ],
)
def test_seconds_milliseconds_and_microseconds_are_told_by_their_digits(
    header: str, start: str
) -> None:
    parsed = request_start(header)
    assert parsed is not None
    assert parsed.isoformat() == start


@pytest.mark.parametrize(
    "header",
    [
        *("", "t=", "now", "t=-1795953599", "179595359", "t=17959535991", "t=1e9"),
        "t=1795953599.123, t=1795953598.123",
        "t=1795953599.1234567",
        "t=１７９５９５３５９９",
    ],
)
def test_what_cannot_be_read_is_no_time(header: str) -> None:
    assert request_start(header) is None


def test_a_balancer_is_believed_only_where_it_is_trusted(settings: Settings) -> None:
    header = "t=1795953595.000"
    assert arrival_time(header=header) == NOON
    settings.TRUST_REQUEST_START = True
    assert arrival_time(header=header) == datetime(2026, 11, 29, 11, 59, 55, 999, UTC)


@pytest.mark.parametrize(
    "offset",
    [
        timedelta(seconds=1),
        timedelta(microseconds=1),
        -MAX_QUEUE_TIME - timedelta(seconds=1),
    ],
    ids=["later", "a little later", "long before"],
)
def test_a_trusted_balancer_that_cannot_be_right_is_not_believed(
    offset: timedelta, settings: Settings
) -> None:
    settings.TRUST_REQUEST_START = True
    microseconds = (NOON + offset - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )
    assert arrival_time(header=f"t={microseconds}") == NOON


def test_a_gap_that_was_filled_later_is_when_the_bytes_were_whole() -> None:
    """A sender who sends the end first and a middle part late gains no time."""
    received_ns, now = NANOSECONDS, NANOSECONDS + 500 * MILLISECOND
    assert last_byte_time(received_ns, now, 500 * MILLISECOND) == received_ns
    assert last_byte_time(received_ns, now, 490 * MILLISECOND) == received_ns
    time_of_last_byte = last_byte_time(received_ns, now, 100 * MILLISECOND)
    assert now - 100 * MILLISECOND <= time_of_last_byte <= now
