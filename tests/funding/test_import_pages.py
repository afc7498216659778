"""The import pages: send, read what was found, import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bids.models import Expression
from funding.domain import imports
from funding.models import Award, Import
from innovation.accounts.models import User
from tests.api.api_client import ApiClient
from tests.factories import users
from tests.funding import sheets
from tests.funding.historic_cases import IMPORTED_AT, apply_import
from tests.funding.page_requests import client_for, get_status, page_url, post_form
from tests.funding.sheets import AWARD, EOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


def send_import(by: User, content: bytes, name: str = "past.csv") -> Import:
    post_form(by, "import-send", file=SimpleUploadedFile(name, content))
    return Import.objects.latest("id")


@pytest.mark.parametrize("who", ["official", "administrator"])
def test_a_file_is_uploaded_checked_and_imported(who: str) -> None:
    person = getattr(users, who)()
    checked = send_import(person, sheets.csv_file(EOI, AWARD))
    page = client_for(person).get(page_url("import", checked)).content.decode()
    assert "Import 2 cases" in page
    assert Expression.objects.count() == 0

    assert get_status(person, "import-apply", checked) == 200
    post_form(person, "import-apply", checked)

    assert (Expression.objects.count(), Award.objects.count()) == (1, 1)
    assert (
        "Applied"
        in client_for(person).get(page_url("import", checked)).content.decode()
    )
    assert get_status(person, "import-apply", checked) == 409
    imported = send_import(person, sheets.csv_file(EOI, AWARD))
    page = client_for(person).get(page_url("import", imported)).content.decode()
    assert "Everything in this file has already been imported" in page


def test_problems_are_shown_by_row_and_column_and_stay_in_the_list() -> None:
    official = users.official()
    row = {**EOI, "Date": "<b>soon</b>"}
    imported = send_import(official, sheets.csv_file(row, EOI | {"ID": "2"}, row))
    page = client_for(official).get(page_url("import", imported)).content.decode()
    assert "Date (column F)" in page
    assert ">2 and 4<" in page
    assert page_url("import-apply", imported) not in page
    assert get_status(official, "import-apply", imported) == 409
    page = client_for(official).get(page_url("imports")).content.decode()
    assert "past.csv" in page
    assert "Has problems" in page


def test_a_file_that_is_no_table_or_too_large_is_refused_with_a_message() -> None:
    official = users.official()
    imported = send_import(official, b"\x00\x01\x02", "photo.png")
    page = client_for(official).get(page_url("import", imported)).content.decode()
    assert "This file cannot be read as a table." in page
    response = client_for(official).post(
        page_url("import-send"),
        {"file": SimpleUploadedFile("big.csv", b"a" * 5_000_001)},
    )
    assert response.status_code == 422
    assert "must be smaller than 5 MB" in response.content.decode()
    assert client_for(official).post(page_url("import-send")).status_code == 422


def test_the_empty_sheet_has_every_column_and_can_be_sent_back() -> None:
    official = users.official()
    response = client_for(official).get(page_url("import-template"))
    assert response.content.startswith(b"\xef\xbb\xbfkind,id,title,lead organisation,")
    [problem] = imports.check(response.content, at=IMPORTED_AT).problems
    assert problem.sentence == "There are headers but no cases."


@pytest.mark.parametrize(
    "who", ["outsider", "coach", "secretary", "member", "minister", "finance"]
)
def test_nobody_else_opens_the_pages(who: str) -> None:
    imported = send_import(users.official(), sheets.csv_file(EOI))
    person = getattr(users, who)()
    for name in ("imports", "import-send", "import-template"):
        assert get_status(person, name) == 403
    for name in ("import", "import-apply"):
        assert get_status(person, name, imported) == 403
    assert get_status(None, "imports") == 302


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_of_imports_takes_the_same_queries_for_any_number(
    files: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    official = users.official()
    for _ in range(files):
        send_import(official, sheets.csv_file(EOI))
    client = client_for(official)
    client.get(page_url("imports"))
    with django_assert_num_queries(3):
        client.get(page_url("imports"))


def test_a_precision_that_the_sheet_does_not_state_is_not_shown_as_exact(
    client: Client,
) -> None:
    apply_import(users.official(), AWARD)
    award = Award.objects.get()
    page = client.get(page_url("project", award)).content.decode()
    assert "£1,234.50 (not stated if exact)" in page
    row = ApiClient(users.outsider()).get(f"awards/{award.key}/").json()
    assert (row["amount"], row["amount_precision"]) == ("1234.50", "not stated")
