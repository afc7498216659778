"""Files of claims and reports: added, removed, refused by the scanner, and sent."""

from pathlib import Path

import pytest
from pytest_django import Settings

from funding.domain import claims, grant_drafts, grant_files
from funding.models import Claim, GrantFile, Payment
from innovation.accounts.models import User
from innovation.core.errors import Invalid
from innovation.core.money import Money
from innovation.documents.models import Document, DocumentState
from innovation.documents.policies import documents_for
from tests.database_guards import disable_guards
from tests.documents import sample_files
from tests.factories import grants, users
from tests.funding.page_requests import client_for, page_url
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def page_of(person: User, name: str, row: object) -> str:
    response = client_for(person).get(page_url(name, row))
    assert response.status_code == 200
    return response.content.decode()


def colleague_of(payment: Payment) -> User:
    return users.applicant(not_none(payment.award.lead), "editor")


def readable_by(person: User) -> list[str]:
    return list(documents_for(person).values_list("name", flat=True))


def test_a_file_is_removed_from_a_draft_and_a_bad_one_stops_the_claim() -> None:
    payment = grants.planned_payment()
    holder, at = grants.recipient_of(payment.award), grants.MEETING_AT
    uploads = [sample_files.upload("one.pdf"), sample_files.upload("two.pdf")]
    grant_drafts.save(payment, values={}, files=uploads, by=holder, at=at)
    one, two = GrantFile.objects.all()
    with disable_guards(Document):
        Document.objects.filter(pk=one.document_id).update(
            state=DocumentState.INFECTED, file="", scanned_at=at
        )
    with pytest.raises(Invalid) as refused:
        claims.send(payment, spent=Money(0), by=holder, at=at)
    assert refused.value.problems == {
        "remove": ["Remove “one.pdf”, which the virus scanner refused"]
    }
    claims.send(payment, spent=Money(0), removed=[one.key], by=holder, at=at)
    assert [file.document_id for file in Claim.objects.get().files.all()] == [
        two.document_id
    ]
    assert readable_by(holder) == ["two.pdf"]
    assert not grant_files.draft_files(payment).exists()
