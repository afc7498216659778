"""When the database, the broker or the disk is down, each page says what to do."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from pytest_django import Settings

from bids.models import Expression
from innovation.core.errors import Unavailable
from innovation.core.storage import Folder
from innovation.documents.models import Document
from innovation.notifications.models import Letter
from tests.access import routes
from tests.bids.test_case_documents import add, round_with_uploads
from tests.database_guards import force_update
from tests.dates import OPENS_AT
from tests.documents import sample_files
from tests.factories import cases
from tests.server.conftest import StartServer
from tests.server.forwarder import Forwarder
from tests.server.raw_http import CSRF_TOKEN, session_of

pytestmark = pytest.mark.django_db(transaction=True)
NEED_NO_DATABASE = (
    *("/accessibility", "/cookies", "/privacy", "/health/live"),
    *("/help", "/feedback", "/feedback/sent"),
    *("/robots.txt", "/.well-known/security.txt"),
    *("/api/", "/api/v1/schema"),
)
UNSIGNED_LINK = "/invited/{link}"
UNREACHABLE_DATABASE = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}


@pytest.fixture
def draft() -> Expression:
    return cases.draft(round=cases.round_(opens_at=OPENS_AT, closes_at=None))


@pytest.fixture
def forwarder() -> Iterator[Forwarder]:
    link = Forwarder()
    yield link
    link.close()


def signed_in_client(site: str, session: str = "x" * 32) -> httpx.Client:
    """A user with a session cookie."""
    return httpx.Client(
        base_url=site,
        cookies={"sessionid": session, "csrftoken": CSRF_TOKEN},
        trust_env=False,
        timeout=60,
    )


def test_without_a_database_every_address_is_answered_with_what_to_do(
    serve: StartServer,
) -> None:
    server = serve(env=UNREACHABLE_DATABASE)
    answers = {}
    with signed_in_client(server.site) as client:
        for route in routes.all_routes():
            values = dict.fromkeys(route.parameters, "1") | {"reference": uuid4()}
            path = "/" + route.address.replace("<", "{").replace(">", "}")
            answers[path] = client.get(
                path.format(**values), headers={"Authorization": "Bearer any"}
            )
    unavailable = {path: one for path, one in answers.items() if one.status_code == 503}
    others = {
        path: one.status_code
        for path, one in answers.items()
        if path not in unavailable
    }
    assert others == dict.fromkeys(NEED_NO_DATABASE, 200) | {UNSIGNED_LINK: 404}
    assert {
        path for path, one in unavailable.items() if "Retry-After" not in one.headers
    } <= {"/health/ready"}
    for path, answer in unavailable.items():
        if path.startswith("/api/v1/"):
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert "We cannot reach our records" in answer.json()["detail"]
        elif "health" not in path:
            assert "<h1" in answer.text
            assert "We cannot reach our records" in answer.text


def test_what_was_typed_comes_back_to_be_sent_again_once_the_database_is_there(
    draft: Expression, forwarder: Forwarder, serve: StartServer
) -> None:
    server = serve(env={"DATABASE_URL": forwarder.database_url()})
    page = reverse("bids:expression-withdraw", args=[draft.key])
    form = {
        "because": "Another “fund” took us <on>",
        "submission": "one",
        "csrfmiddlewaretoken": CSRF_TOKEN,
    }
    session = session_of(cases.editor_of(draft.lead))
    with signed_in_client(server.site, session) as client:
        assert client.get(page).status_code == 200
        forwarder.disconnect()
        for _ in range(3):
            unavailable = client.post(page, data=form)
            assert (unavailable.status_code, unavailable.headers["Retry-After"]) == (
                503,
                "60",
            )
            assert unavailable.headers["Cache-Control"] == "no-store"
            assert (
                'name="because" value="Another “fund” took us &lt;on&gt;"'
                in unavailable.text
            )
            assert "Send it again" in unavailable.text
        cookies = client.get("/cookies")
        assert cookies.status_code == 200
        assert "Sign in" not in cookies.text
        forwarder.reconnect()
        assert client.post(page, data=form).status_code == 302
        assert "Sign out" in client.get("/cookies").text
    draft.refresh_from_db()
    assert draft.state == "withdrawn"


def test_a_password_is_not_put_into_the_page_that_says_so(serve: StartServer) -> None:
    server = serve(env=UNREACHABLE_DATABASE)
    form = {"login": "a@example.org", "password": "s3cret!!"}
    with signed_in_client(server.site) as client:
        answer = client.post(
            "/accounts/login/", data={**form, "csrfmiddlewaretoken": CSRF_TOKEN}
        )
    assert answer.status_code == 503
    assert "s3cret!!" not in answer.text
    assert "Go back in your browser" in answer.text


def test_without_a_broker_a_sending_is_taken_and_its_letter_waits(
    draft: Expression, serve: StartServer
) -> None:
    server = serve(env={"CELERY_BROKER_URL": "redis://127.0.0.1:1/0"})
    page = reverse("bids:expression-check", args=[draft.key])
    session = session_of(cases.editor_of(draft.lead))
    form = {"agreed": "on", "submission": "one", "csrfmiddlewaretoken": CSRF_TOKEN}
    with signed_in_client(server.site, session) as client:
        answer = client.post(page, data=form)
        assert answer.headers["Location"].endswith("/sent")
        assert client.get(answer.headers["Location"]).status_code == 200
    assert Letter.objects.filter(kind="expression_received", state="due").exists()


def test_a_file_that_cannot_be_kept_leaves_no_row_and_the_form_says_so(
    tmp_path: Path, serve: StartServer
) -> None:
    (tmp_path / "documents").write_text("where a folder should be")
    server = serve(env={"MEDIA_ROOT": str(tmp_path), "CLAMD": "unix:///nowhere.ctl"})
    draft = cases.draft(round=round_with_uploads())
    page = reverse("bids:expression-files", args=[draft.key, "plan"])
    session = session_of(cases.editor_of(draft.lead))
    with signed_in_client(server.site, session) as client:
        answer = client.post(
            page,
            data={"csrfmiddlewaretoken": CSRF_TOKEN, "submission": "one"},
            files={"chosen": ("plan.pdf", sample_files.PDF)},
        )
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    assert "We cannot keep or read files at the moment" in answer.text
    assert "Add your files again" in answer.text
    assert not Document.objects.exists()


def test_a_disk_that_fills_up_while_a_file_is_written_keeps_no_half(
    tmp_path: Path,
) -> None:
    """In a process whose files may not grow beyond 50,000 bytes."""
    write = (
        "import django; django.setup()\n"
        "from django.core.files.base import ContentFile\n"
        "from innovation.core.storage import Folder\n"
        f"Folder({str(tmp_path)!r}).save('a/b', ContentFile(bytes(200_000)))"
    )
    process = subprocess.run(
        [sys.executable, "-c", write],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )
    assert "innovation.core.errors.Unavailable" in process.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_is_gone_from_the_disk_is_said_so(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    name = folder.save("a", ContentFile(b"x"))
    (tmp_path / name).unlink()
    with pytest.raises(Unavailable):
        folder.open(name)


@pytest.mark.parametrize("leftover", [None, b"%PDF"], ids=["gone", "cut short"])
def test_a_file_that_is_gone_or_cut_short_is_not_given_out(
    leftover: bytes | None, tmp_path: Path, settings: Settings, serve: StartServer
) -> None:
    settings.MEDIA_ROOT = tmp_path
    draft = cases.draft(round=round_with_uploads())
    [document] = add(draft)
    force_update(Document.objects.all(), state="clean", scanned_at=document.added_at)
    file = tmp_path / str(document.file.name)
    session = session_of(cases.editor_of(draft.lead))
    server = serve(env={"MEDIA_ROOT": str(tmp_path)})
    with signed_in_client(server.site, session) as client:
        whole_file = client.get(document.get_absolute_url())
        assert (whole_file.status_code, whole_file.content) == (200, sample_files.PDF)
        file.unlink()
        if leftover is not None:
            file.write_bytes(leftover)
        answer = client.get(document.get_absolute_url())
    assert answer.status_code == 503
    assert "We cannot keep or read files at the moment" in answer.text
