"""How a body is received, and passed to the application in pieces."""

import io
import time
from collections.abc import Callable, Iterator

import pytest
from gunicorn.config import Config
from gunicorn.http.body import LengthReader

from innovation.server import reception
from innovation.server.reception import (
    MAX_BYTES_IN_MEMORY,
    PIECE_BYTES,
    BufferedRequest,
    Reception,
    RequestRefusal,
)

Begin = Callable[[int], Reception]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Requests of which the head is here; all go with the test."""
    receptions: list[Reception] = []

    def create_reception(length: int) -> Reception:
        receptions.append(Reception(Config(), ("127.0.0.1", 1)))
        head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
        assert not receptions[-1].take(head.encode(), 0)
        return receptions[-1]

    yield create_reception
    for each in receptions:
        each.close()


def test_a_small_body_has_a_place_however_much_is_held_on_disk(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "MAX_BYTES_ON_DISK", 2 * MAX_BYTES_IN_MEMORY)
    assert Reception.bytes_on_disk == 0
    large = begin(10 * MAX_BYTES_IN_MEMORY)
    large.take(b"x" * 2 * MAX_BYTES_IN_MEMORY, 0)
    assert Reception.bytes_on_disk == 2 * MAX_BYTES_IN_MEMORY
    assert begin(MAX_BYTES_IN_MEMORY).take(b"x" * MAX_BYTES_IN_MEMORY, 0)
    with pytest.raises(RequestRefusal, match="no room for files"):
        begin(MAX_BYTES_IN_MEMORY + 1).take(b"x", 0)
    large.close()
    assert Reception.bytes_on_disk == 0
    assert begin(MAX_BYTES_IN_MEMORY + 1).take(b"x" * (MAX_BYTES_IN_MEMORY + 1), 0)


def test_what_came_fast_gives_nobody_hours_of_silence(begin: Begin) -> None:
    sender = begin(50_000_000)
    sender.take(b"x" * 40_000_000, 0)
    assert sender.deadline <= time.monotonic() + reception.BODY_SECONDS


def test_a_large_body_is_never_held_whole() -> None:
    length = 20 * PIECE_BYTES + 1
    source = BufferedRequest(b"")
    source.body = io.BytesIO(b"x" * length)
    reader, total = LengthReader(source, length), 0
    while piece := reader.read(1024):
        total += len(piece)
        assert source.buf.getbuffer().nbytes <= 2 * PIECE_BYTES
    assert total == length
