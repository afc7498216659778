"""Files of claims and reports: added, removed, refused by the scanner, and sent."""

import pytest

from funding.domain import claims, grant_drafts, grant_files
from funding.models import Claim, GrantFile
from innovation.accounts.models import User
from innovation.core.errors import Invalid
from innovation.core.money import Money
from innovation.documents.models import Document, DocumentState
from innovation.documents.policies import documents_for
from tests.database_guards import disable_guards
from tests.documents import sample_files
from tests.factories import grants

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


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
