"""Receives a request in pieces of any size, and passes it on when it is complete."""

import tempfile
import time
from typing import IO, Any

from gunicorn.config import Config
from gunicorn.http.body import ChunkedReader
from gunicorn.http.errors import LimitRequestHeaders
from gunicorn.http.message import Request
from gunicorn.http.unreader import Unreader

from innovation.core.limits import BODY_WITH_FILES_BYTES

MAX_HEAD_BYTES = 64 * 1024
MAX_BYTES_ON_DISK = 1_000_000_000
"""Of all bodies on disk whose requests one process has not answered yet."""
MAX_BYTES_IN_MEMORY = 64 * 1024
"""Of one body. A body up to this size is accepted even when the disk is full."""
PIECE_BYTES = 64 * 1024
"""Of a body, as passed to the application."""
HEAD_SECONDS = 10.0
BODY_SECONDS = 30.0
"""From the end of the head, and between two pieces."""
MIN_BYTES_PER_SECOND = 4096
"""A body gets more time for each byte that has arrived."""


class RequestRefusal(Exception):
    """The server itself answers the request, without the application."""

    def __init__(self, status: int, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.reason = reason
        self.sentence = sentence


class BufferedRequest(Unreader):
    """The complete request, for gunicorn's parser to read."""

    def __init__(self, head: bytes) -> None:
        super().__init__()
        self.buf.write(head)
        self.body: IO[bytes] | None = None

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return a small piece. Gunicorn's hint is the whole rest of the body, which it
        would then copy with each read.
        """
        return (
            self.body.read(min(size_hint or PIECE_BYTES, PIECE_BYTES))
            if self.body
            else b""
        )


class Reception:
    """The requests of one connection, one after the other.

    A large body is stored on disk, so that a slow sender uses no thread and no memory.
    A small one, such as the sending of a case, is never refused because the disk is
    full. A body without a Content-Length is refused: every browser sends it, and so
    does a proxy that buffers requests.
    """

    bytes_on_disk = 0

    def __init__(self, cfg: Config, client: object) -> None:
        self.cfg = cfg
        self.client = client
        self.number = 0
        self.inbox = bytearray()
        self.arrived_at = 0
        self.begin()

    def begin(self) -> None:
        """Start the next request; its first bytes may already be in the inbox."""
        self.request: Any = None
        self._source: BufferedRequest | None = None
        self._bytes_missing = 0
        self._bytes_taken = 0
        self._on_disk = False
        self.deadline = time.monotonic() + HEAD_SECONDS

    @property
    def has_begun(self) -> bool:
        return self.request is not None or bool(self.inbox)

    @property
    def expects_body(self) -> bool:
        """The client has sent only the head, and waits for `100 Continue`."""
        return bool(self.request._expected_100_continue) and not self.inbox

    def take(self, data: bytes, at: int) -> bool:
        """Add bytes; return whether the request is complete. Raise `RequestRefusal` or
        one of gunicorn's errors.
        """
        self.inbox += data
        self.arrived_at = at
        return self.is_complete()

    def is_complete(self) -> bool:
        """Read what is in the inbox, and return whether the request is complete."""
        if self.request is None:
            end = self.inbox.find(b"\r\n\r\n") + 4
            if end < 4:
                self._require_small_head()
                return False
            self._read_head(bytes(self.inbox[:end]))
            del self.inbox[:end]
        self._store_body()
        return self._bytes_missing == 0

    def max_read(self) -> int:
        """How many bytes to read at once: few of the next request."""
        return max(min(self._bytes_missing, 256 * 1024), 16 * 1024)

    def close(self) -> None:
        """Delete the body, and free its space on disk."""
        if self._source is not None and self._source.body is not None:
            self._source.body.close()
            if self._on_disk:
                Reception.bytes_on_disk -= self._bytes_taken
        self.begin()

    def _require_small_head(self) -> None:
        if len(self.inbox) > MAX_HEAD_BYTES:
            raise LimitRequestHeaders("limit request headers fields size")

    def _read_head(self, head: bytes) -> None:
        self.number += 1
        self._source = BufferedRequest(head)
        request = Request(self.cfg, self._source, self.client, self.number)
        reader = request.body.reader
        if isinstance(reader, ChunkedReader):
            raise RequestRefusal(
                411,
                "Length Required",
                "Say in Content-Length how long the body of the request is.",
            )
        if reader.length > BODY_WITH_FILES_BYTES:
            megabytes = BODY_WITH_FILES_BYTES // 1_000_000
            raise RequestRefusal(
                413,
                "Content Too Large",
                f"Together the files may be {megabytes} MB. Go back and send fewer at "
                "a time. Nothing was sent.",
            )
        self._bytes_missing = reader.length
        self._on_disk = reader.length > MAX_BYTES_IN_MEMORY
        if self._bytes_missing:
            self._source.body = tempfile.SpooledTemporaryFile(MAX_BYTES_IN_MEMORY)  # noqa: SIM115
        self.request = request
        self._head_at = time.monotonic()
        self._extend_deadline()

    def _store_body(self) -> None:
        piece = bytes(self.inbox[: self._bytes_missing])
        if not piece:
            return
        del self.inbox[: len(piece)]
        assert self._source is not None
        assert self._source.body is not None
        if self._on_disk and Reception.bytes_on_disk + len(piece) > MAX_BYTES_ON_DISK:
            raise storage_refusal()
        try:
            self._source.body.write(piece)
        except OSError:
            raise storage_refusal() from None
        if self._on_disk:
            Reception.bytes_on_disk += len(piece)
        self._bytes_taken += len(piece)
        self._bytes_missing -= len(piece)
        self._extend_deadline()
        if not self._bytes_missing:
            self._source.body.seek(0)

    def _extend_deadline(self) -> None:
        seconds = BODY_SECONDS + self._bytes_taken / MIN_BYTES_PER_SECOND
        self.deadline = min(self._head_at + seconds, time.monotonic() + BODY_SECONDS)


def storage_refusal() -> RequestRefusal:
    return RequestRefusal(
        503,
        "Service Unavailable",
        "The service has no room for files at the moment. Go back and send it again in "
        "a few minutes. Nothing was sent.",
    )
