"""Documents wait, are scanned, and are kept or thrown away."""

import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from innovation.accounts.models import User
from innovation.audit.models import Chain, Event
from innovation.core.errors import Invalid
from innovation.documents import scanner, scanning
from innovation.documents.domain import documents
from innovation.documents.models import Document, DocumentState, folder_at
from tests.dates import MOMENT
from tests.documents import sample_files
from tests.documents.daemon import EICAR, NAME, Daemon
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def add(chain: Chain, by: User, *contents: bytes) -> list[Document]:
    uploads = [
        sample_files.upload(content=content)
        for content in contents or [sample_files.PDF]
    ]
    return documents.add(uploads, chain=chain, field="files", by=by, at=MOMENT)


def infected_pdf() -> bytes:
    return sample_files.PDF.replace(b"1 0 obj", EICAR)


def in_thirty_seconds() -> datetime:
    return datetime.now(tz=UTC) + timedelta(seconds=30)


def reload_document(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def event_names(document: Document) -> list[str]:
    events = Event.objects.filter(subject=document.key).order_by("seq")
    return list(events.values_list("name", flat=True))


def test_a_document_waits_then_is_found_clean(
    clamd: Daemon, chain: Chain, adder: User
) -> None:
    [added] = add(chain, adder)
    assert added.state == DocumentState.WAITING
    scanning.scan([added.pk])
    document = reload_document(added)
    assert (document.state, document.finding) == (DocumentState.CLEAN, "")
    with document.file.open("rb") as stored:
        assert stored.read() == sample_files.PDF
    assert event_names(added) == ["document.added", "document.found_clean"]


def test_an_infected_file_is_deleted_but_not_its_row(
    clamd: Daemon,
    chain: Chain,
    adder: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    [added] = add(chain, adder, infected_pdf())
    file_name = not_none(added.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        scanning.scan([added.pk])
    document = reload_document(added)
    assert (document.state, document.finding) == ("infected", f"{NAME}.UNOFFICIAL")
    assert not document.file
    assert not default_storage.exists(file_name)
    assert event_names(added) == ["document.added", "document.found_infected"]


def test_a_file_that_the_scanner_cannot_read_is_refused(
    clamd: Daemon, chain: Chain, adder: User
) -> None:
    locked = bytearray(sample_files.zipped({"secret.txt": b"words"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + at] |= 1
    [added] = add(chain, adder)
    with default_storage.open(not_none(added.file.name), "wb") as stored:
        stored.write(bytes(locked))
    scanning.scan([added.pk])
    assert reload_document(added).state == DocumentState.REFUSED
    assert reload_document(added).finding.startswith("Heuristics.Encrypted.")


def test_a_document_waits_while_the_scanner_is_down(
    own_clamd: Daemon, chain: Chain, adder: User
) -> None:
    added = add(chain, adder, sample_files.PDF, infected_pdf())
    scanning.sweep(until=in_thirty_seconds())
    first, second = (reload_document(one) for one in added)
    assert (first.state, first.last_error) == (DocumentState.WAITING, "scanner away")
    assert "scanner is not answering" in first.state_wording.sentence
    # It is away for all alike: the second was not even tried.
    assert (first.attempts, second.attempts) == (1, 0)
    own_clamd.start()
    scanning.sweep(until=in_thirty_seconds())
    assert [reload_document(one).state for one in added] == ["clean", "infected"]
    assert reload_document(added[0]).interruptions == 0


def test_a_long_outage_of_the_scanner_refuses_no_document(
    own_clamd: Daemon, chain: Chain, adder: User
) -> None:
    [added] = add(chain, adder)
    for _ in range(scanning.MAX_INTERRUPTIONS * 3):
        scanning.sweep(until=in_thirty_seconds())
    document = reload_document(added)
    assert (document.state, document.interruptions) == (DocumentState.WAITING, 0)
    assert document.attempts == scanning.MAX_INTERRUPTIONS * 3


def test_a_document_is_refused_after_too_many_lost_workers(
    clamd: Daemon, chain: Chain, adder: User
) -> None:
    [added] = add(chain, adder)
    past = datetime.now(tz=UTC) - timedelta(seconds=1)
    for turn in range(scanning.MAX_INTERRUPTIONS):
        Document.objects.filter(pk=added.pk).update(
            lease_until=past, interruptions=turn
        )
        if turn + 1 < scanning.MAX_INTERRUPTIONS:
            assert scanning._lease(added.pk, at=datetime.now(tz=UTC)) is not None
    scanning.sweep(until=in_thirty_seconds())
    document = reload_document(added)
    assert (document.state, document.finding) == ("refused", "scanner could not finish")


def test_a_lost_file_does_not_hold_up_the_others(
    clamd: Daemon, chain: Chain, adder: User
) -> None:
    missing, other = add(chain, adder, sample_files.PDF, sample_files.PDF)
    default_storage.delete(not_none(missing.file.name))
    scanning.sweep(until=in_thirty_seconds())
    assert reload_document(missing).state == DocumentState.WAITING
    assert (
        reload_document(missing).last_error,
        reload_document(missing).interruptions,
    ) == (
        "FileNotFoundError",
        1,
    )
    assert reload_document(other).state == DocumentState.CLEAN


def test_a_verdict_after_the_lease_has_expired_changes_nothing(
    clamd: Daemon, chain: Chain, adder: User
) -> None:
    [added] = add(chain, adder)
    lease = scanning._lease(added.pk, at=datetime.now(tz=UTC) - timedelta(hours=1))
    assert lease is not None
    scanning.sweep(until=in_thirty_seconds())
    verdict = scanner.Verdict(scanner.Result.INFECTED, "late")
    scanning._close(lease, verdict, at=MOMENT)
    assert reload_document(added).state == DocumentState.CLEAN
    assert event_names(added) == ["document.added", "document.found_clean"]


def test_a_document_stays_unscanned_until_a_scanner_is_set_up(
    clamd: Daemon, settings: Settings, chain: Chain, adder: User
) -> None:
    settings.CLAMD = ""
    [added] = add(chain, adder)
    scanning.scan([added.pk])
    scanning.sweep(until=in_thirty_seconds())
    assert reload_document(added).state == DocumentState.UNSCANNED
    settings.CLAMD = clamd.address
    scanning.sweep(until=in_thirty_seconds())
    assert reload_document(added).state == DocumentState.CLEAN


def test_one_rejected_file_rejects_all(
    clamd: Daemon, chain: Chain, adder: User
) -> None:
    both = [
        sample_files.upload(),
        sample_files.upload("run.exe"),
        sample_files.upload("a.png", b"no"),
    ]
    with pytest.raises(Invalid) as raised:
        documents.add(both, chain=chain, field="files", by=adder, at=MOMENT)
    assert [text.split("”")[0] for text in raised.value.problems["files"]] == [
        "“run.exe",
        "“a.png",
    ]
    assert not Document.objects.exists()


def test_a_file_is_stored_under_a_random_name(
    chain: Chain, adder: User, settings: Settings
) -> None:
    [added] = add(chain, adder)
    assert added.name == "plan.pdf"
    folder, name = not_none(added.file.name).rsplit("/", 1)
    assert folder == f"documents/{MOMENT:%Y-%m}"
    assert (len(name), "." in name, "plan" in name) == (32, False, False)
    assert not str(settings.MEDIA_ROOT).startswith(str(settings.STATIC_ROOT))


def test_a_file_without_a_document_is_deleted_after_a_day(
    chain: Chain, adder: User
) -> None:
    [added] = add(chain, adder)
    folder = not_none(added.file.name).rsplit("/", 1)[0]
    default_storage.save(f"{folder}/nobodys", ContentFile(b"x"))
    now = datetime.now(tz=UTC)
    Document.objects.update(file=added.file.name)
    today = folder_at(now)
    default_storage.save(f"{today}/nobodys", ContentFile(b"x"))
    assert scanning.delete_orphaned_files(at=now) == 0
    later = now + timedelta(days=1, seconds=1)
    expected = 2 if today == folder else 1
    assert scanning.delete_orphaned_files(at=later) == expected
    assert default_storage.exists(not_none(added.file.name))
    assert not default_storage.exists(f"{today}/nobodys")


@pytest.mark.django_db(transaction=True)
def test_documents_wait_for_a_scanner_killed_in_the_middle(
    own_clamd: Daemon, chain: Chain, adder: User
) -> None:
    large = sample_files.PDF.replace(b"1 0 obj", b"1 0 obj" + bytes(3_000_000))
    contents = [*[large] * 20, infected_pdf()]
    for content in contents:
        add(chain, adder, content)
    own_clamd.start()
    worker = threading.Thread(target=sweep_in_thread)
    worker.start()
    while not Document.objects.filter(state=DocumentState.CLEAN).exists():
        time.sleep(0.005)
    own_clamd.kill()
    worker.join()
    states = Counter(Document.objects.values_list("state", flat=True))
    assert states["waiting"] > 0
    assert set(states) == {"waiting", "clean"}
    own_clamd.start()
    Document.objects.update(not_before=MOMENT)
    scanning.sweep(until=in_thirty_seconds())
    states = Counter(Document.objects.values_list("state", flat=True))
    assert states == {"clean": 20, "infected": 1}


def sweep_in_thread() -> None:
    try:
        scanning.sweep(until=in_thirty_seconds())
    finally:
        connection.close()
