"""The files of a bid are read by those who advise and decide on it, and by nobody else
of theirs.
"""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from bids.models import Bid, CaseDocument
from innovation.accounts.models import User
from innovation.documents.domain import documents
from innovation.documents.models import Document, DocumentState
from tests.database_guards import disable_guards
from tests.dates import MOMENT
from tests.documents import sample_files
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.CLAMD = "unix:///nowhere/clamd.ctl"


def attach_file(bid: Bid) -> Document:
    """A clean file of the bid."""
    [document] = documents.add(
        [sample_files.upload("plan.pdf")],
        chain=bid.chain,
        field="chosen",
        by=cases.editor_of(bid.lead),
        at=MOMENT,
    )
    with disable_guards(CaseDocument):
        CaseDocument.objects.create(bid=bid, code="documents", document=document)
    Document.objects.update(state=DocumentState.CLEAN, scanned_at=MOMENT)
    return document


def status(user: User, address: str) -> int:
    client = Client()
    client.force_login(user)
    response = client.get(address)
    if response.streaming:
        assert response.getvalue() == sample_files.PDF
    return response.status_code


def test_members_without_an_interest_read_the_files_of_a_bid_before_the_board() -> None:
    member, conflicted, _ = members = grants.board_members()
    item = grants.agenda_item(members=members)
    bid, uninvited = item.bid, users.member()
    address = reverse("documents:document", args=[attach_file(bid).key])
    assert status(member, address) == 200
    assert status(conflicted, address) == 200
    grants.interest(bid, conflicted)
    statuses = [status(user, address) for user in (member, conflicted, uninvited)]
    assert statuses == [200, 404, 404]
    client = Client()
    client.force_login(member)
    page = client.get(reverse("funding:paper", args=[item.key]))
    assert "plan.pdf" in page.content.decode()


def test_the_ministers_office_reads_the_files_of_bids_with_the_minister() -> None:
    before, with_minister = grants.agenda_item().bid, grants.bid_with_minister()
    office = users.minister()
    for bid, expected in ((before, 404), (with_minister, 200)):
        address = reverse("documents:document", args=[attach_file(bid).key])
        assert status(office, address) == expected
        assert status(users.outsider(), address) == 404
    client = Client()
    client.force_login(office)
    page = client.get(reverse("funding:decision", args=[with_minister.key]))
    assert "plan.pdf" in page.content.decode()
