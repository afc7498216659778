"""Work in the sandbox that takes too much is ended, and nothing else is."""

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from bids.models import Expression
from innovation.core import limits, sandbox
from innovation.core.errors import TooMuch, Unavailable
from innovation.web import pdf
from tests.dates import MOMENT
from tests.factories import cases

WORK = "tests.core.sandbox_jobs"
_MAKE = """
import json, resource, sys
from innovation.core import sandbox
try:
    content = sys.stdin.buffer.read()
    made = sandbox.run("innovation.web.typesetting:render_pdf", content)
except sandbox.SandboxExhausted:
    made = b"exhausted"
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([made[:9].decode("latin-1"), child * 1024]))
"""


@pytest.fixture
def full_sandbox() -> Iterator[None]:
    for _ in range(limits.SANDBOX_AT_ONCE):
        assert sandbox._slots.acquire(timeout=5)
    yield
    for _ in range(limits.SANDBOX_AT_ONCE):
        sandbox._slots.release()


def test_bytes_go_in_and_come_out() -> None:
    content = bytes(range(256)) * 1_000
    assert sandbox.run(f"{WORK}:echo", content) == content


def test_twice_the_memory_ends_the_work_and_not_this_process() -> None:
    with pytest.raises(sandbox.SandboxExhausted):
        sandbox.run(f"{WORK}:memory", b"")


def test_twice_the_answer_is_not_taken() -> None:
    with pytest.raises(sandbox.SandboxExhausted):
        sandbox.run(f"{WORK}:large_answer", b"")


def test_work_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SANDBOX_SECONDS", 1)
    with pytest.raises(sandbox.SandboxExhausted):
        sandbox.run(f"{WORK}:endless", b"")


def test_it_knows_none_of_the_service_s_secrets() -> None:
    known = set(json.loads(sandbox.run(f"{WORK}:variables", b"")))
    secret = {"DATABASE_URL", "DJANGO_SECRET_KEY", "CELERY_BROKER_URL"}
    assert secret <= os.environ.keys()
    assert not secret & known


@pytest.mark.parametrize(
    "module",
    ["funding.domain.importing.workbook_reader", "innovation.web.typesetting"],
)
def test_its_work_loads_neither_django_nor_celery(module: str) -> None:
    loaded = set(
        json.loads(sandbox.run(f"{WORK}:modules", json.dumps([module]).encode()))
    )
    assert module in loaded
    assert not {"django", "celery"} & loaded


def test_no_more_work_at_once_than_there_are_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "SANDBOX_WAIT_SECONDS", 60)
    results: list[bytes] = []
    started = time.monotonic()
    threads = [
        threading.Thread(
            target=lambda: results.append(sandbox.run(f"{WORK}:slow", b""))
        )
        for _ in range(2 * limits.SANDBOX_AT_ONCE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [b"done"] * 2 * limits.SANDBOX_AT_ONCE
    assert time.monotonic() - started >= 2


def test_who_waits_too_long_is_told_to_come_again(
    full_sandbox: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SANDBOX_WAIT_SECONDS", 0)
    with pytest.raises(Unavailable):
        sandbox.run(f"{WORK}:echo", b"")


def large_copy() -> bytes:
    """A “word” of two megabytes once passed a limit of 500 words, and took 3 GB."""
    facts = {
        "key": "EOI-1",
        "title": "A title",
        "lead": "A lead",
        "lines": [],
        "groups": [
            {
                "title": "G",
                "rows": [
                    {"label": "Why", "blocks": [{"line": "x" * 2_000_000, "indent": 0}]}
                ],
            }
        ],
    }
    template = pdf._source("bids/pdf/copy.typ")
    return json.dumps({"template": template, "facts": facts, "at": 1}).encode()


def test_a_pdf_takes_no_more_memory_than_it_is_given() -> None:
    process = subprocess.run(
        [sys.executable, "-c", _MAKE],
        input=large_copy(),
        capture_output=True,
        check=True,
    )
    outcome, memory = json.loads(process.stdout.splitlines()[-1])
    assert outcome in ("exhausted", "%PDF-1.7\n")
    assert memory < 300_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0


def test_a_pdf_that_would_take_too_much_is_refused_with_a_sentence() -> None:
    facts = json.loads(large_copy())["facts"]
    facts["groups"] *= 4
    with pytest.raises(TooMuch, match="too long to be made into a PDF"):
        pdf.render("bids/pdf/copy.typ", facts, at=MOMENT)


@pytest.mark.django_db
class TestCopyOfACase:
    @pytest.fixture
    def expression(self, client: Client) -> Expression:
        expression = cases.submitted_expression()
        client.force_login(cases.editor_of(expression.lead))
        return expression

    def test_one_too_long_for_a_pdf_answers_with_a_page(
        self, client: Client, expression: Expression, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "SANDBOX_SECONDS", 0)
        answer = client.get(reverse("bids:expression-copy", args=[expression.key]))
        assert answer.status_code == 413
        assert "Read it on its page" in answer.content.decode()

    def test_while_others_have_theirs_made_it_says_when_to_come_again(
        self,
        client: Client,
        expression: Expression,
        full_sandbox: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(limits, "SANDBOX_WAIT_SECONDS", 0)
        answer = client.get(reverse("bids:expression-copy", args=[expression.key]))
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert "Try again in a few seconds" in answer.content.decode()
