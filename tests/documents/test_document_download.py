"""Who gets a document, and when."""

import pytest
from django.db.models import QuerySet
from django.test import Client
from pytest_django import Settings

from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import statements
from innovation.core.registry import Registry
from innovation.documents import policies
from innovation.documents.domain import documents
from innovation.documents.models import Document, DocumentState
from tests.database_guards import force_update
from tests.dates import MOMENT
from tests.documents import sample_files
from tests.factories import users

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(chain: Chain, adder: User) -> Document:
    [added] = documents.add(
        [sample_files.upload("Plan – été.pdf")],
        chain=chain,
        field="files",
        by=adder,
        at=MOMENT,
    )
    return added


@pytest.fixture(autouse=True)
def own_documents_in_reach(
    monkeypatch: pytest.MonkeyPatch, no_kept_statements: None
) -> None:
    """As an app above would say it; a document on its own is in nobody's reach."""

    def own(user: User) -> QuerySet[Document]:
        return Document.objects.filter(added_by=user)

    monkeypatch.setattr(policies, "rules", Registry())
    policies.rules.register(own)


def set_state(document: Document, state: DocumentState) -> None:
    is_refused = state in {DocumentState.INFECTED, DocumentState.REFUSED}
    scanned = is_refused or state == DocumentState.CLEAN
    force_update(
        Document.objects.filter(pk=document.pk),
        state=state,
        scanned_at=MOMENT if scanned else None,
        file="" if is_refused else document.file.name,
    )


def test_a_clean_document_is_served_as_an_attachment(
    client: Client, document: Document, adder: User
) -> None:
    set_state(document, DocumentState.CLEAN)
    client.force_login(adder)
    response = client.get(document.get_absolute_url())
    assert response.getvalue() == sample_files.PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert "Plan%20%E2%80%93%20%C3%A9t%C3%A9.pdf" in response["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox"
    )
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "unfit", [DocumentState.WAITING, DocumentState.INFECTED, DocumentState.REFUSED]
)
def test_documents_that_are_not_clean_are_not_served(
    client: Client, document: Document, adder: User, unfit: DocumentState
) -> None:
    set_state(document, unfit)
    client.force_login(adder)
    for method in (client.get, client.head):
        response = method(document.get_absolute_url())
        assert response.status_code == 409
        assert not response.streaming


def test_an_unscanned_document_is_served_only_without_a_scanner(
    client: Client, document: Document, adder: User, settings: Settings
) -> None:
    set_state(document, DocumentState.UNSCANNED)
    client.force_login(adder)
    served = client.get(document.get_absolute_url())
    assert served.getvalue() == sample_files.PDF
    settings.CLAMD = "unix:///run/clamav/clamd.ctl"
    assert client.get(document.get_absolute_url()).status_code == 409


def test_others_do_not_find_a_document_and_visitors_are_asked_to_sign_in(
    client: Client, document: Document
) -> None:
    set_state(document, DocumentState.CLEAN)
    address = document.get_absolute_url()
    assert client.get(address).headers["Location"].startswith("/accounts/login/")
    everybody = users.account("all@example.org", roles=["official"])
    client.force_login(everybody)
    assert client.get(address).status_code == 404


def test_without_a_rule_nobody_reaches_a_document(
    client: Client,
    document: Document,
    adder: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(policies, "rules", Registry())
    statements.drop_all()
    set_state(document, DocumentState.CLEAN)
    client.force_login(adder)
    assert client.get(document.get_absolute_url()).status_code == 404
