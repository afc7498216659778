"""Silent, slow and malformed clients use only a connection; a response that breaks off
is noticed.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from django.conf import settings

from tests.journeys.server import Server
from tests.server.conftest import StartServer
from tests.server.raw_http import RawConnection, get, post

ANSWERS = "tests.server.applications:answers"
HEAD = b"POST /whole HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture
def server(serve: StartServer) -> Server:
    return serve(workers=1, threads=2, application=ANSWERS)


def open_connections(server: Server, number: int, data: bytes) -> list[RawConnection]:
    lines = [RawConnection(server.port) for _ in range(number)]
    for line in lines:
        line.send(data)
    return lines


def answer_text(server: Server, request: bytes) -> str:
    line = RawConnection(server.port)
    line.send(request)
    answer = line.answer()
    assert answer.status == 200
    return answer.text


@contextmanager
def pause_server(server: Server) -> Iterator[None]:
    """None of its processes reads anything until this ends."""
    assert server.running is not None
    os.killpg(server.running.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(server.running.pid, signal.SIGCONT)


def test_silent_and_slow_senders_hold_no_thread(server: Server) -> None:
    open_connections(server, 40, b"")
    slow_connections = open_connections(server, 10, HEAD + b"X-Sl")
    body = open_connections(server, 10, HEAD + b"Content-Length: 10\r\n\r\nhalf")
    assert answer_text(server, get("/whole")) == "one two three"
    for line in slow_connections:
        line.send(b"ow: 1\r\n\r\n")
    for line in body:
        line.send(b"- rest")
    assert {line.answer().text for line in slow_connections} == {"one two three"}
    assert {line.answer().text for line in body} == {"half- rest"}


def test_without_our_worker_two_slow_heads_hold_both_threads(
    serve: StartServer,
) -> None:
    """The control."""
    server = serve(
        "--worker-class", "gthread", workers=1, threads=2, application=ANSWERS
    )
    open_connections(server, 2, HEAD)
    line = RawConnection(server.port)
    line.send(get("/whole"))
    assert not line.is_answered(3)


def test_requests_that_come_in_one_piece_are_answered_one_by_one(
    server: Server,
) -> None:
    [line] = open_connections(
        server, 1, get("/whole") + post("/x", {"a": "1"}) + get("/whole")
    )
    texts = [line.answer().text for _ in range(3)]
    assert texts[0] == texts[2] == "one two three"
    assert texts[1].startswith("a=1&")


def test_a_request_that_comes_byte_by_byte_is_answered_whole(server: Server) -> None:
    line = RawConnection(server.port)
    for byte in post("/x", {"a": "1"}):
        line.send(bytes([byte]))
    assert line.answer().text.startswith("a=1&")


def test_a_large_body_comes_whole_and_its_room_is_free_again(server: Server) -> None:
    with httpx.Client(base_url=server.site, trust_env=False) as client:
        for size in (65_536, 3_000_000, 20_000_000):
            body = bytes(range(256)) * (size // 256)
            assert client.post("/x", content=body).content == body


def test_who_asks_whether_to_go_on_is_told_so(server: Server) -> None:
    head = HEAD + b"Expect: 100-continue\r\nContent-Length: 4\r\n\r\n"
    [line] = open_connections(server, 1, head)
    assert line.socket.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    line.send(b"body")
    assert line.answer().text == "body"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", 411),
        (HEAD + b"Content-Length: 111000000\r\n\r\n", 413),
        (HEAD + b"X: " + b"x" * 70_000, 431),
        (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET\r\n\r\n", 400),
    ],
    ids=["no length", "too large", "head too large", "two lengths", "no request"],
)
def test_what_cannot_be_taken_is_refused_and_the_next_is_answered(
    request_: bytes, status: int, server: Server
) -> None:
    [line] = open_connections(server, 1, request_)
    assert line.answer().status == status
    assert answer_text(server, get("/whole")) == "one two three"


def test_who_is_refused_and_has_gone_takes_no_worker_along(server: Server) -> None:
    [connection] = open_connections(server, 1, HEAD + b"Content-Length: 10\r\n\r\nhalf")
    with pause_server(server):
        for line in open_connections(
            server, 20, HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        ):
            line.reset()
    assert answer_text(server, get("/whole")) == "one two three"
    connection.send(b"- rest")
    assert connection.answer().text == "half- rest"


def test_who_does_not_close_after_the_last_answer_holds_up_nobody(
    server: Server,
) -> None:
    """Gunicorn’s own loop waits two seconds for each: no client here is so patient."""
    lines = open_connections(server, 40, get("/whole", headers={"Connection": "close"}))
    assert {line.answer().text for line in lines} == {"one two three"}
    assert answer_text(server, get("/whole")) == "one two three"


@pytest.mark.soak
def test_who_is_silent_or_slow_for_too_long_is_let_go(server: Server) -> None:
    [silent] = open_connections(server, 1, b"")
    [slow_connection] = open_connections(server, 1, HEAD)
    [body] = open_connections(server, 1, HEAD + b"Content-Length: 10\r\n\r\nhalf")
    assert silent.is_closed()
    assert slow_connection.answer().status == 408
    assert body.answer().status == 408


def test_a_whole_answer_is_whole_however_it_is_framed(server: Server) -> None:
    for path in ("/whole", "/whole-length"):
        assert answer_text(server, get(path)) == "one two three"
        old = get(path).replace(b"HTTP/1.1", b"HTTP/1.0")
        assert answer_text(server, old) == "one two three"


@pytest.mark.parametrize("path", ["/broken", "/broken-length", "/short-length"])
@pytest.mark.parametrize("version", [b"HTTP/1.1", b"HTTP/1.0"])
def test_half_an_answer_never_passes_for_a_whole_one(
    path: str, version: bytes, server: Server
) -> None:
    [line] = open_connections(server, 1, get(path).replace(b"HTTP/1.1", version))
    with pytest.raises(ConnectionResetError):
        line.answer()


def test_tls_and_what_else_is_for_the_proxy_is_refused_with_a_sentence() -> None:
    process = subprocess.run(
        [
            *(sys.executable, "-m", "gunicorn", ANSWERS, "--proxy-protocol", "auto"),
            *("--config", "python:innovation.server.config", "--bind", "127.0.0.1:0"),
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert process.returncode == 1
    assert process.stderr.endswith("are for the proxy in front of it.\n")
    assert "Traceback" not in process.stderr
