"""A lock delays only requests that need it, and not for long."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from bids.models import Expression
from innovation.core import timeouts
from innovation.core.timeouts import LONG, WEB
from tests.api.api_client import token_for
from tests.dates import OPENS_AT
from tests.factories import cases, users
from tests.process_timeouts import use_timeouts
from tests.server.conftest import StartServer
from tests.server.raw_http import RawConnection, get, post, session_of

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 12
LIMITS = "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"


@pytest.fixture
def draft() -> Expression:
    return cases.draft(round=cases.round_(opens_at=OPENS_AT, closes_at=None))


@contextmanager
def lock_draft(draft: Expression) -> Iterator[None]:
    with transaction.atomic():
        Expression.objects.select_for_update().get(pk=draft.pk)
        yield


def withdrawals(draft: Expression) -> list[bytes]:
    session = session_of(cases.editor_of(draft.lead))
    page = reverse("bids:expression-withdraw", args=[draft.key])
    return [
        post(page, {"because": f"Reason {n}", "submission": f"t{n}"}, session=session)
        for n in range(MANY)
    ]


def count_waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        (number,) = cursor.fetchone()
    return int(number)


def wait_for_waiting(number: int) -> None:
    deadline = time.monotonic() + 60
    while count_waiting() < number:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def send_requests(port: int, *requests: bytes) -> list[RawConnection]:
    lines = [RawConnection(port) for _ in requests]
    for line, request in zip(lines, requests, strict=True):
        line.send(request)
    return lines


def test_while_a_row_is_locked_pages_answer_and_posts_keep_what_was_typed(
    draft: Expression, serve: StartServer
) -> None:
    server = serve(workers=2, threads=4)
    writes = withdrawals(draft)
    with lock_draft(draft):
        blocked = send_requests(server.port, *writes)
        wait_for_waiting(2)
        for path in ["/health/live", "/", "/health/live", "/cookies"]:
            [line] = send_requests(server.port, get(path))
            assert line.answer().status == 200
            assert not any(one.is_answered() for one in blocked)
        answers = [line.answer() for line in blocked]
    assert {answer.status for answer in answers} == {503}
    assert {answer.headers["Retry-After"] for answer in answers} == {"5"}
    for place, answer in enumerate(answers):
        assert "Somebody else is changing the same thing" in answer.text
        assert f"Reason {place}</textarea>" in answer.text
    draft.refresh_from_db()
    assert draft.state == "draft"
    [second] = send_requests(server.port, writes[0])
    assert second.answer().status == 302
    draft.refresh_from_db()
    assert draft.state == "withdrawn"


def test_without_our_worker_every_page_waits_for_the_lock(
    draft: Expression, serve: StartServer
) -> None:
    """The control."""
    server = serve("--worker-class", "gthread", workers=1, threads=4)
    writes = withdrawals(draft)
    with lock_draft(draft):
        blocked = send_requests(server.port, *writes)
        wait_for_waiting(1)
        [live] = send_requests(server.port, get("/health/live"))
        while not any(one.is_answered() for one in blocked):
            assert not live.is_answered(0.01)
        assert live.answer().status == 200


def test_a_page_that_saves_by_itself_is_told_as_json(
    draft: Expression, serve: StartServer
) -> None:
    server = serve()
    page = reverse("bids:expression-section", args=[draft.key, "the-idea"])
    session = session_of(cases.editor_of(draft.lead))
    headers = {"Accept": "application/json"}
    save = post(page, {"title": "Another"}, session=session, headers=headers)
    with lock_draft(draft):
        [line] = send_requests(server.port, save)
        answer = line.answer()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Content-Type"] == "application/json"
    assert '"problem": "Somebody else is changing' in answer.text


def test_the_api_answers_a_problem(serve: StartServer) -> None:
    server = serve()
    person = users.analyst()
    authorization = {"Authorization": f"Bearer {token_for(person)}"}
    ask = get("/api/v1/rounds/", headers=authorization)
    [first] = send_requests(server.port, ask)
    assert first.answer().status == 200
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE core_quota")
        [line] = send_requests(server.port, ask)
        answer = line.answer()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Somebody else is changing the same thing" in answer.text


def test_who_is_sending_waits_for_longer_than_any_other_page(
    draft: Expression, serve: StartServer
) -> None:
    """Told to try again, they might be too late."""
    server = serve()
    session = session_of(cases.editor_of(draft.lead))
    page = reverse("bids:expression-check", args=[draft.key])
    with lock_draft(draft):
        [line] = send_requests(
            server.port,
            post(page, {"agreed": "on", "submission": "t"}, session=session),
        )
        assert not line.is_answered(WEB.lock + 1)
    assert line.answer().headers["Location"].endswith("/sent")


def test_a_form_with_an_error_of_ours_is_still_an_error(
    draft: Expression, serve: StartServer
) -> None:
    """Only what a wait may cure is called an outage."""
    server = serve()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bids_expression RENAME COLUMN title TO heading")
    session = session_of(cases.editor_of(draft.lead))
    page = reverse("bids:expression-withdraw", args=[draft.key])
    [line] = send_requests(server.port, post(page, {"because": "x"}, session=session))
    answer = line.answer()
    assert answer.status == 500
    assert "Retry-After" not in answer.headers


@pytest.mark.parametrize(
    ("start", "limits"),
    [
        ("import innovation.wsgi", ["3s", "10s", "30s"]),
        (
            "import django; django.setup(); import innovation.celery as c;"
            "from celery.signals import worker_init; worker_init.send(sender=None)",
            ["10s", "1min", "2min"],
        ),
        (
            "import sys, manage; sys.argv = ['manage.py', 'check']; manage.main()",
            ["5s", "0", "10min"],
        ),
    ],
    ids=["web", "worker", "command"],
)
def test_each_process_has_limits_of_its_own(start: str, limits: list[str]) -> None:
    columns = ", ".join(f"current_setting('{name}')" for name in LIMITS)
    settings_read = (
        f"{start}\nfrom django.db import connection\nwith connection.cursor() as c:\n"
        f'    c.execute("SELECT {columns}"); print(*c.fetchone())'
    )
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", settings_read],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert process.stdout.strip().splitlines()[-1].split() == limits


@pytest.fixture
def web_timeouts() -> Iterator[None]:
    with use_timeouts(WEB):
        yield


def current_limits() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'current_setting({n!r})' for n in LIMITS)}")
        return list(cursor.fetchone())


def test_longer_work_has_more_time_and_gives_it_back(web_timeouts: None) -> None:
    usual = current_limits()
    assert usual == ["3s", "10s", "30s"]
    with timeouts.use_timeouts(LONG):
        assert current_limits() == ["10s", "10min", "10min"]
    assert current_limits() == usual
    with transaction.atomic(), timeouts.use_timeouts(LONG):
        assert current_limits() == ["10s", "10min", "10min"]
    assert current_limits() == usual


def test_a_line_lost_in_longer_work_comes_back_with_the_usual_limits(
    web_timeouts: None,
) -> None:
    with timeouts.use_timeouts(LONG):
        connection.close()
    assert current_limits() == ["3s", "10s", "30s"]
