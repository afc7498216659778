"""An HTTP client that controls when each byte is sent."""

import io
import select
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from innovation.accounts.models import User

CSRF_TOKEN = "x" * 32
_RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


class _AnswerReader(io.BufferedReader):
    """Reads all answers of a connection, since it may buffer a part of the next one."""

    def close(self) -> None:
        """Stays open at the end of an answer, until the connection is closed."""


class RawConnection:
    open_connections: ClassVar[list["RawConnection"]] = []
    """Closed at the end of each test: see `conftest.py`."""

    def __init__(self, port: int, *, within: float = 60) -> None:
        RawConnection.open_connections.append(self)
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=within)
        self._raw = self.socket.makefile("rb", buffering=0)
        self._reader = _AnswerReader(self._raw)

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def answer(self) -> Answer:
        """The next answer. Raise `ConnectionError` if the connection ends before it."""
        response = HTTPResponse(self.socket)
        response.fp.close()
        response.fp = self._reader
        response.begin()
        text = response.read().decode()
        return Answer(response.status, dict(response.getheaders()), text)

    def is_answered(self, within: float = 0) -> bool:
        """Whether an answer arrives within these seconds."""
        return bool(select.select([self.socket], [], [], within)[0])

    def is_closed(self) -> bool:
        """Wait until the other end has closed the connection without an answer."""
        return self.socket.recv(1) == b""

    def reset(self) -> None:
        """Close the connection abruptly, so that an answer gets a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.close()

    def close(self) -> None:
        self._raw.close()
        self.socket.close()


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def get(
    path: str, *, session: str = "", headers: Mapping[str, str] | None = None
) -> bytes:
    cookie = {"Cookie": f"sessionid={session}"} if session else {}
    return _request_head("GET", path, {**cookie, **(headers or {})})


def post(
    path: str,
    form: Mapping[str, str],
    *,
    session: str = "",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    body = urlencode({**form, "csrfmiddlewaretoken": CSRF_TOKEN}).encode()
    cookies = f"csrftoken={CSRF_TOKEN}" + (f"; sessionid={session}" if session else "")
    sent_headers = {
        "Cookie": cookies,
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        **(headers or {}),
    }
    return _request_head("POST", path, sent_headers) + body


def _request_head(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    all_headers = {"Host": "127.0.0.1", **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in all_headers.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode()
