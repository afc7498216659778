"""The page of failed jobs and letters."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from funding.models.imports import Import
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.documents.domain import documents
from innovation.documents.models import Document
from innovation.notifications.models import JobFailure, Letter
from innovation.reporting.models import Report
from tests.factories import users

pytestmark = pytest.mark.django_db


def test_every_kind_of_failure_is_shown_to_an_administrator(
    client: Client, at: datetime
) -> None:
    JobFailure.objects.create(
        job="reports.build", job_id="1", error="DataError", place="x.py:1", at=at
    )
    letter = Letter.objects.create(
        kind="bid_received",
        address="x@example.org",
        state="failed",
        not_before=at,
        put_at=at,
        last_error="SMTPDataError",
    )
    official = users.official()
    report = Report.objects.create(
        asked_by=official, asked_at=at, state="failed", last_error="worker lost"
    )
    stopped = Import.objects.create(
        chain=events.open_chain(Chain.Kind.SERVICE),
        file_name="past.csv",
        digest="0",
        state="checked",
        received_by=official,
        received_at=at,
    )
    Import.objects.update(state="failed", problems=[{"row": 1}])
    [document] = documents.add(
        [SimpleUploadedFile("plan.pdf", b"%PDF-1.7 %%EOF")],
        chain=stopped.chain,
        field="files",
        by=official,
        at=at,
    )
    Document.objects.update(state="waiting", last_error="scanner away")
    client.force_login(users.administrator())
    page = client.get("/jobs/").content.decode()
    for text in ("reports.build", "SMTPDataError", "worker lost", "scanner away"):
        assert text in page
    for row in (letter, report, stopped, document):
        assert row.key in page


@pytest.mark.parametrize("role", ["applicant", "official", "ministers_office"])
def test_nobody_else_sees_system_health(client: Client, role: str) -> None:
    client.force_login(users.person(role))
    assert client.get("/jobs/").status_code == 403
