"""How a body is taken in, and handed to the application in pieces."""

import io
import time
from collections.abc import Callable, Iterator

import pytest
from gunicorn.config import Config
from gunicorn.http.body import LengthReader

from innovation.server import reception
from innovation.server.reception import IN_MEMORY, PIECE, Received, Reception, Refused

Begin = Callable[[int], Reception]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Requests of which the head is here; all go with the test."""
    begun: list[Reception] = []

    def made(length: int) -> Reception:
        begun.append(Reception(Config(), ("127.0.0.1", 1)))
        head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
        assert not begun[-1].take(head.encode(), 0)
        return begun[-1]

    yield made
    for each in begun:
        each.close()


def test_a_small_body_has_a_place_however_much_is_held_on_disk(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "MOST_HELD", 2 * IN_MEMORY)
    assert Reception.held == 0
    large = begin(10 * IN_MEMORY)
    large.take(b"x" * 2 * IN_MEMORY, 0)
    assert Reception.held == 2 * IN_MEMORY
    assert begin(IN_MEMORY).take(b"x" * IN_MEMORY, 0)
    with pytest.raises(Refused, match="no room for files"):
        begin(IN_MEMORY + 1).take(b"x", 0)
    large.close()
    assert Reception.held == 0
    assert begin(IN_MEMORY + 1).take(b"x" * (IN_MEMORY + 1), 0)


def test_what_came_fast_gives_nobody_hours_of_silence(begin: Begin) -> None:
    sender = begin(50_000_000)
    sender.take(b"x" * 40_000_000, 0)
    assert sender.deadline <= time.monotonic() + reception.BODY_SECONDS


def test_a_large_body_is_never_held_whole() -> None:
    length = 20 * PIECE + 1
    source = Received(b"")
    source.body = io.BytesIO(b"x" * length)
    reader, taken = LengthReader(source, length), 0
    while piece := reader.read(1024):
        taken += len(piece)
        assert source.buf.getbuffer().nbytes <= 2 * PIECE
    assert taken == length
