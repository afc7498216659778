"""Every limit of a request, twice over, by eight clients at once, against the web
process as it runs in production: two workers of four threads.

Memory is that of each worker, and of each process it confines, by itself.
"""

import http.client
import io
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from bids.models import AnswerVersion, Expression
from funding.models import Import
from innovation.accounts.models import User
from innovation.core import limits
from innovation.core.models import UnsentForm
from innovation.documents.models import Document
from tests.database_guards import force_update
from tests.dates import OPENS_AT
from tests.documents.sample_files import PDF
from tests.factories import cases, users
from tests.funding import sheets
from tests.journeys.server import Server

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 8
MAX_MEMORY = 300_000_000
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "limits"


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "web.log", workers=2, threads=4)
    server.start()
    yield server
    server.kill()


@dataclass
class Answer:
    status: int
    page: str
    headers: Mapping[str, str] = field(default_factory=dict)


class BrowserClient:
    """Somebody signed in, by the cookies that a browser would have."""

    def __init__(self, server: Server, user: User | None) -> None:
        self.port, client = server.port, Client()
        self.token = ""
        self.cookies: dict[str, str] = {}
        if user is not None:
            client.force_login(user)
            self.cookies["sessionid"] = client.cookies["sessionid"].value
        self.client = client

    def request(
        self, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            page = answer.read().decode("utf-8", "replace")
            for name, value in answer.getheaders():
                if name == "Set-Cookie" and value.startswith("csrftoken="):
                    self.cookies["csrftoken"] = value.split(";")[0].partition("=")[2]
            return Answer(answer.status, page, dict(answer.getheaders()))
        finally:
            line.close()

    def hidden(self, path: str) -> dict[str, str]:
        """What the page's form carries."""
        page = self.request("GET", path).page
        return {
            name: _between(page, f'name="{name}" value="', '"')
            for name in ("csrfmiddlewaretoken", "submission", "writer", "seen")
            if f'name="{name}" value="' in page
        }

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        return self.request("POST", path, urlencode(fields).encode(), FORM)

    def send(
        self,
        path: str,
        files: list[tuple[str, str, bytes]],
        fields: Mapping[str, str],
    ) -> Answer:
        body = io.BytesIO()
        for name, value in fields.items():
            body.write(
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
                f"\r\n\r\n{value}\r\n".encode()
            )
        for name, called, content in files:
            body.write(
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; '
                f'filename="{called}"\r\n\r\n'.encode()
            )
            body.write(content + b"\r\n")
        body.write(f"--{BOUNDARY}--\r\n".encode())
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self.request("POST", path, body.getvalue(), kind)


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


class ServerMonitor(threading.Thread):
    """The memory of each process of the server, and how long it takes to answer."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        assert server.running is not None
        self.port, self.master = server.port, server.running.pid
        self.workers = self.confined = 0
        self.slowest, self.silent, self.asked = 0.0, 0, 0
        self.over = threading.Event()

    def __enter__(self) -> "ServerMonitor":
        self.start()
        self.listening = threading.Thread(target=self._listen, daemon=True)
        self.listening.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.join()
        self.listening.join()

    def run(self) -> None:
        while not self.over.wait(0.05):
            for worker in _children(self.master):
                self.workers = max(self.workers, _memory(worker))
                for child in _children(worker):
                    self.confined = max(self.confined, _memory(child))

    def _listen(self) -> None:
        while not self.over.wait(0.2):
            started = time.monotonic()
            self.asked += 1
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                line.request("GET", "/health/live")
                line.getresponse().read()
            except OSError:
                self.silent += 1
            finally:
                line.close()
            self.slowest = max(self.slowest, time.monotonic() - started)

    def report(self) -> str:
        return (
            f"worker {self.workers / 1e6:.0f} MB, confined {self.confined / 1e6:.0f} "
            f"MB, /health/live {self.slowest:.2f} s at worst of {self.asked}, "
            f"{self.silent} silent\n"
        )


def _children(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for task in Path(f"/proc/{pid}/task").iterdir():
            if task.name != str(pid):
                children += (task / "children").read_text().split()
    except OSError:
        return []
    return [int(child) for child in children]


def _memory(pid: int) -> int:
    """Resident, without what it has in common with others that were forked from it."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    memory_lines = [line for line in lines if line.startswith("VmRSS:")]
    return int(memory_lines[0].split()[1]) * 1024 if memory_lines else 0


class LimitScenario:
    """One case that was sent, one draft, and who may do what."""

    def __init__(self, server: Server) -> None:
        round = cases.round_(opens_at=OPENS_AT, closes_at=None)
        self.sent = cases.submitted_expression(round=round)
        self.draft = cases.draft(round=round, lead=self.sent.lead, complete=False)
        self.applicant = cases.editor_of(self.sent.lead)
        self.administrator = users.administrator()
        self.official = users.official()
        self.server = server
        # What was in the database before there were limits may still be there.
        rows = Expression.objects.filter(pk=self.sent.pk)
        force_update(rows, summary="x" * limits.TEXT_CEILING)

    def section(self) -> str:
        return reverse("bids:expression-section", args=[self.draft.key, "the-idea"])


Attempt = Callable[[LimitScenario, int], str]
"""What was answered instead of what should have been; empty if that was."""


def page_unless(words: str, answer: Answer) -> str:
    return "" if words in answer.page else answer.page


def large_body(stage: LimitScenario, number: int) -> str:
    caller = BrowserClient(stage.server, stage.applicant)
    path = stage.section()
    fields = {**caller.hidden(path), "summary": "x" * 2 * limits.BODY_BYTES}
    answer = caller.post(path, fields)
    assert answer.status == 413, answer.status
    return page_unless("You sent more than 1 MB of text", answer)


def many_fields(stage: LimitScenario, number: int) -> str:
    caller = BrowserClient(stage.server, stage.applicant)
    path = stage.section()
    more = {f"f{n}": "x" for n in range(2 * limits.BODY_FIELDS)}
    answer = caller.post(path, {**caller.hidden(path), **more})
    return page_unless("more than 1,000 answers", answer)


def long_answer(stage: LimitScenario, number: int) -> str:
    caller = BrowserClient(stage.server, stage.applicant)
    path = stage.section()
    long = "x" * 2 * limits.TEXT_CEILING
    answer = caller.post(path, {**caller.hidden(path), "summary": long})
    assert answer.status == 422, answer.status
    return page_unless("Use 100,000 characters or fewer", answer)


def many_files(stage: LimitScenario, number: int) -> str:
    caller = BrowserClient(stage.server, stage.applicant)
    path = stage.section()
    files = [(f"f{n}", "a.pdf", PDF) for n in range(2 * limits.BODY_FILES)]
    answer = caller.send(path, files, caller.hidden(path))
    return page_unless("more than 10 files", answer)


def large_file(stage: LimitScenario, number: int) -> str:
    """Of which what is too much is dropped as it arrives."""
    caller = BrowserClient(stage.server, stage.administrator)
    path = reverse("funding:import-send")
    content = b"id,title\n" + b"x" * 2 * limits.FILE_BYTES
    answer = caller.send(path, [("file", "a.csv", content)], caller.hidden(path))
    return page_unless("must be smaller than 5 MB", answer)


def many_rows(stage: LimitScenario, number: int) -> str:
    caller = BrowserClient(stage.server, stage.administrator)
    path = reverse("funding:import-send")
    content = b"id,title\n" + b"a,b\n" * 2 * limits.IMPORT_ROWS
    answer = caller.send(path, [("file", "a.csv", content)], caller.hidden(path))
    answer = caller.request("GET", answer.headers.get("Location", "/"))
    return page_unless("more than 5,000 rows", answer)


def enormous_workbook(stage: LimitScenario, number: int) -> str:
    """A few kilobytes that unpack to far more than there is."""
    caller = BrowserClient(stage.server, stage.administrator)
    path = reverse("funding:import-send")
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1, limits.IMPORT_ROWS + 1)
    )
    strings = f"<sst><si><t>{'x' * 20_000}</t></si></sst>"
    content = sheets.workbook_of(sheets.sheet_of(rows), sharedStrings=strings.encode())
    answer = caller.send(path, [("file", "a.xlsx", content)], caller.hidden(path))
    if answer.status == 503:
        return "" if answer.headers.get("Retry-After") else answer.page
    answer = caller.request("GET", answer.headers.get("Location", "/"))
    return page_unless("holds far more than a table", answer)


def long_copy(stage: LimitScenario, number: int) -> str:
    caller = BrowserClient(stage.server, stage.applicant)
    path = reverse("bids:expression-copy", args=[stage.sent.key])
    answer = caller.request("GET", path)
    if answer.status == 503:
        return "" if answer.headers.get("Retry-After") else answer.page
    return "" if answer.status in (200, 413) else answer.page


def post_without_session(stage: LimitScenario, number: int) -> str:
    caller = BrowserClient(stage.server, stage.applicant)
    path = reverse("bids:start")
    fields = caller.hidden(path)
    outsider = BrowserClient(stage.server, None)
    outsider.cookies = {"csrftoken": caller.cookies["csrftoken"]}
    for page in range(4):
        text = "x" * (limits.BODY_BYTES - 10_000)
        outsider.post(path, {**fields, "title": text, "submission": f"{number}-{page}"})
    return ""


def long_search(stage: LimitScenario, number: int) -> str:
    caller = BrowserClient(stage.server, stage.official)
    answer = caller.request("GET", f"/cases/?q={'x' * 2 * limits.SEARCH}")
    return page_unless("Use 200 characters or fewer", answer)


ATTEMPTS: Mapping[str, Attempt] = {
    each.__name__.replace("_", " "): each
    for each in (
        large_body,
        many_fields,
        long_answer,
        many_files,
        many_rows,
        enormous_workbook,
        long_copy,
        post_without_session,
        long_search,
        large_file,
    )
}


def run_attempts(stage: LimitScenario, attempt: Attempt) -> list[str]:
    """What was said wrongly, by eight clients at the same time."""
    problems: list[str] = []

    def one(number: int) -> None:
        try:
            if problem := attempt(stage, number):
                problems.append(problem)
        except Exception as error:
            problems.append(repr(error))

    threads = [threading.Thread(target=one, args=[n]) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def assert_nothing_half_done(stage: LimitScenario) -> None:
    assert Expression.objects.get(pk=stage.draft.pk).summary == ""
    assert not AnswerVersion.objects.filter(code="summary").exists()
    assert not Document.objects.exists()
    assert {each.state for each in Import.objects.all()} <= {"refused"}
    rows = UnsentForm.objects.filter(person=stage.applicant.key)
    assert sum(len(json.dumps(row.fields)) for row in rows) <= (
        limits.UNSENT_BYTES_OF_PERSON
    )


def test_twice_some_limits_by_eight_at_once_leave_memory_as_it_is(
    server: Server,
) -> None:
    stage = LimitScenario(server)
    with ServerMonitor(server) as watch:
        for attempt in (large_body, long_answer, long_copy):
            problems = run_attempts(stage, attempt)
            assert problems == [], attempt.__name__
    sys.stderr.write(watch.report())
    assert 0 < watch.workers < MAX_MEMORY
    assert 0 < watch.confined < MAX_MEMORY
    assert_nothing_half_done(stage)


@pytest.mark.soak
def test_twice_every_limit_by_eight_at_once_leaves_memory_as_it_is(
    server: Server,
) -> None:
    stage = LimitScenario(server)
    worst = 0
    for name, attempt in ATTEMPTS.items():
        with ServerMonitor(server) as watch:
            for _ in range(3):
                assert run_attempts(stage, attempt) == [], name
        sys.stderr.write(f"{name}: {watch.report()}")
        worst = max(worst, watch.workers, watch.confined)
    assert worst < MAX_MEMORY
    assert_nothing_half_done(stage)
