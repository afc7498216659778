"""docs/nginx.conf does what docs/production.md says, in front of the real server."""

import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPResponse
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.urls import reverse

from innovation.core import clock
from innovation.web.arrival import request_start
from tests.bids.test_lateness_rush import PreparedSubmission, prepare_submissions
from tests.dates import OPENS_AT
from tests.factories import cases, users
from tests.journeys.server import Server
from tests.server.conftest import StartServer
from tests.server.proxy import Proxy
from tests.server.raw_http import post, session_of
from tests.server.test_timely import (
    LEFT,
    TRUSTING,
    block_submissions,
    set_closing_time,
    sleep_until,
)

ECHO = "tests.server.applications:headers"
ANSWERS = "tests.server.applications:answers"
HEAD = b"POST /x HTTP/1.1\r\nHost: service.example\r\n"
StartProxy = Callable[[Server], Proxy]


@pytest.fixture
def start_proxy(tmp_path: Path) -> Iterator[StartProxy]:
    started: list[Proxy] = []

    def start(server: Server) -> Proxy:
        proxy = Proxy(server, tmp_path)
        started.append(proxy)
        proxy.start()
        return proxy

    yield start
    for proxy in started:
        proxy.stop()


@pytest.fixture
def lines() -> Iterator[list[ssl.SSLSocket]]:
    opened: list[ssl.SSLSocket] = []
    yield opened
    for line in opened:
        line.close()


def proxy_client(proxy: Proxy, source: str = "127.0.0.1") -> httpx.Client:
    way = httpx.HTTPTransport(verify=False, local_address=source)
    return httpx.Client(base_url=proxy.site, transport=way, timeout=60)


def read_answer(line: ssl.SSLSocket) -> tuple[int, str]:
    with HTTPResponse(line) as response:
        response.begin()
        response.read()
        return response.status, response.headers.get("Location", "")


def test_what_a_caller_writes_of_time_address_and_scheme_is_not_believed(
    serve: StartServer, start_proxy: StartProxy
) -> None:
    forged_headers = {
        "X-Request-Start": "t=1000000000.000",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-For": "203.0.113.9",
    }
    before = clock.now()
    with proxy_client(start_proxy(serve(application=ECHO)), "127.0.0.2") as caller:
        answer = caller.get("/", headers=forged_headers).json()
    start = request_start(answer["HTTP_X_REQUEST_START"])
    assert start is not None
    assert before - timedelta(seconds=1) < start < clock.now() + timedelta(seconds=1)
    assert answer["HTTP_X_FORWARDED_PROTO"] == "https"
    # The last one is nginx's, and TRUSTED_PROXIES=1 takes that.
    assert answer["HTTP_X_FORWARDED_FOR"] == "203.0.113.9, 127.0.0.2"
    assert answer["SERVER_PROTOCOL"] == "HTTP/1.1"


def test_silent_and_slow_clients_hold_nobody_up(
    serve: StartServer, start_proxy: StartProxy, lines: list[ssl.SSLSocket]
) -> None:
    proxy = start_proxy(serve(workers=1, threads=1, application=ANSWERS))
    body = HEAD + b"Content-Length: 9\r\n\r\nx"
    starts = [b""] * 40 + [HEAD] * 10 + [body] * 10
    for start in starts:
        lines.append(proxy.connect())
        lines[-1].sendall(start)
    with proxy_client(proxy) as caller:
        assert caller.get("/whole").text == "one two three"


def test_a_body_above_what_ten_files_may_be_is_refused_before_it_is_sent(
    serve: StartServer, start_proxy: StartProxy, lines: list[ssl.SSLSocket]
) -> None:
    line = start_proxy(serve(application=ANSWERS)).connect()
    lines.append(line)
    line.sendall(HEAD + b"Content-Length: 120000000\r\n\r\n")
    assert read_answer(line)[0] == 413


def test_a_body_whose_length_is_not_said_reaches_the_service_with_one(
    serve: StartServer, start_proxy: StartProxy
) -> None:
    with proxy_client(start_proxy(serve(application=ANSWERS))) as caller:
        assert caller.post("/x", content=iter([b"one ", b"two"])).text == "one two"


@pytest.mark.parametrize("path", ["/broken", "/broken-length", "/short-length"])
def test_half_an_answer_does_not_become_a_whole_one(
    path: str, serve: StartServer, start_proxy: StartProxy
) -> None:
    with proxy_client(start_proxy(serve(application=ANSWERS))) as caller:
        assert caller.get("/whole").text == "one two three"
        try:
            answer = caller.get(path)
        except httpx.TransportError:
            return
    assert answer.status_code == 502


def test_one_address_cannot_take_everything_and_another_is_served(
    serve: StartServer, start_proxy: StartProxy
) -> None:
    proxy = start_proxy(serve(application=ANSWERS))
    with proxy_client(proxy) as first, proxy_client(proxy, "127.0.0.3") as other:
        statuses = {first.post("/x", content=b"x").status_code for _ in range(300)}
        assert statuses == {200, 429}
        assert other.post("/x", content=b"x").status_code == 200


def test_a_busy_network_has_none_of_its_sendings_refused(
    serve: StartServer, start_proxy: StartProxy
) -> None:
    """The control is what its other forms and pages meet at the same time."""
    names = ("own-bid-check", "own-bid-sign", "expression-check", "expression-sign")
    pages = [reverse(f"bids:{name}", args=["a"]) for name in names]
    with proxy_client(start_proxy(serve(application=ANSWERS))) as network:
        others = [network.post("/x", content=b"x").status_code for _ in range(200)]
        statuses = [network.post(page, content=b"x").status_code for page in pages * 25]
        after = [network.post("/x", content=b"x").status_code for _ in range(100)]
    assert 429 in others
    assert set(statuses) == {200}
    assert 429 in after


def test_plain_http_is_sent_to_the_name_of_the_service(
    serve: StartServer, start_proxy: StartProxy
) -> None:
    proxy = start_proxy(serve(application=ANSWERS))
    plain = f"http://127.0.0.1:{proxy.plain_port}/rounds/?x=1"
    answer = httpx.get(plain, headers={"Host": "evil.example"}, trust_env=False)
    assert answer.status_code == 308
    assert answer.headers["Location"] == "https://service.example/rounds/?x=1"


def submission_request(one: PreparedSubmission) -> bytes:
    session = one.client.cookies[settings.SESSION_COOKIE_NAME].value
    page = reverse("bids:expression-check", args=[one.key])
    form = {"agreed": "on", "submission": one.token}
    headers = {"Referer": "https://127.0.0.1/"}
    return post(page, form, session=session, headers=headers)


@pytest.mark.django_db(transaction=True)
def test_behind_it_the_last_byte_of_a_sending_is_what_counts(
    serve: StartServer, start_proxy: StartProxy, lines: list[ssl.SSLSocket]
) -> None:
    """With a full queue behind it: whole ones in time are taken, however late their
    turn; one whose end came too late is refused, however early its head.
    """
    server = serve(workers=2, threads=4, env=TRUSTING)
    proxy = start_proxy(server)
    round, prepared = prepare_submissions(14)
    data = [submission_request(one) for one in prepared]
    lines.extend(proxy.connect() for _ in prepared)
    with block_submissions():
        for line, body in zip(lines[:12], data[:12], strict=True):
            line.sendall(body)
        for line, body in zip(lines[12:], data[12:], strict=True):
            line.sendall(body[:-10])
        end = set_closing_time(round, clock.now() + LEFT)
        sleep_until(end + timedelta(milliseconds=50))
        for line, body in zip(lines[12:], data[12:], strict=True):
            line.sendall(body[-10:])
    outcomes = [read_answer(line) for line in lines]
    assert {status for status, _ in outcomes} == {302}
    ends = [address.rpartition("/")[2] for _, address in outcomes]
    assert ends == ["sent"] * 12 + ["late"] * 2


@pytest.mark.django_db(transaction=True)
def test_it_keeps_public_pages_for_visitors_only(
    serve: StartServer, start_proxy: StartProxy
) -> None:
    server = serve()
    proxy = start_proxy(server)
    path, host = reverse("bids:rounds"), {"Host": "127.0.0.1"}
    official = {**host, "Cookie": f"sessionid={session_of(users.official())}"}
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    with proxy_client(proxy) as caller:
        page = caller.get(path, headers=host)
        assert round.name in page.text
        own = caller.get(path, headers=official)
        assert "Sign out" in own.text
        assert caller.get("/accounts/login/", headers=host).status_code == 200
        caller.cookies.clear()
        server.kill()
        assert caller.get(path, headers=host).text == page.text
        known = {**host, "If-None-Match": page.headers["ETag"]}
        assert caller.get(path, headers=known).status_code == 304
        for headers in (official, {**host, "Cookie": "messages=any"}):
            assert caller.get(path, headers=headers).status_code == 502
        for other in ("/accounts/login/", f"{path}?x=1"):
            assert caller.get(other, headers=host).status_code == 502


@pytest.mark.django_db(transaction=True)
def test_a_page_of_the_service_comes_through_it(
    serve: StartServer, start_proxy: StartProxy
) -> None:
    with proxy_client(start_proxy(serve())) as caller:
        page = caller.get("/", headers={"Host": "127.0.0.1"})
        assert page.status_code == 200
        assert "Children’s Social Care Innovation Programme" in page.text
        assert "nginx/" not in page.headers["Server"]
