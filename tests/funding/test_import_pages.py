"""The import pages: send, read what was found, import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bids.models import Expression
from funding.domain import imports
from funding.models import Award, Import
from innovation.accounts.models import User
from tests.factories import users
from tests.funding import sheets
from tests.funding.historic_cases import IMPORTED_AT
from tests.funding.page_requests import client_for, get_status, page_url, post_form
from tests.funding.sheets import AWARD, EOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


def send_import(by: User, content: bytes, name: str = "past.csv") -> Import:
    post_form(by, "import-send", file=SimpleUploadedFile(name, content))
    return Import.objects.latest("id")


@pytest.mark.parametrize("who", ["official", "administrator"])
def test_a_file_is_sent_read_and_brought_in(who: str) -> None:
    person = getattr(users, who)()
    found = send_import(person, sheets.csv_file(EOI, AWARD))
    page = client_for(person).get(page_url("import", found)).content.decode()
    assert "Import 2 cases" in page
    assert Expression.objects.count() == 0

    assert get_status(person, "import-apply", found) == 200
    post_form(person, "import-apply", found)

    assert (Expression.objects.count(), Award.objects.count()) == (1, 1)
    assert (
        "Applied" in client_for(person).get(page_url("import", found)).content.decode()
    )
    assert get_status(person, "import-apply", found) == 409
    again = send_import(person, sheets.csv_file(EOI, AWARD))
    page = client_for(person).get(page_url("import", again)).content.decode()
    assert "has already been imported" in page


def test_problems_are_shown_by_row_and_column_and_stay_in_the_list() -> None:
    official = users.official()
    found = send_import(official, sheets.csv_file({**EOI, "Date": "<b>soon</b>"}))
    page = client_for(official).get(page_url("import", found)).content.decode()
    assert "Date (column F)" in page
    assert "Import 1 case" not in page
    assert get_status(official, "import-apply", found) == 409
    listed = client_for(official).get(page_url("imports")).content.decode()
    assert "past.csv" in listed
    assert "Has problems" in listed


def test_a_file_that_is_no_table_or_too_large_is_met_with_a_sentence() -> None:
    official = users.official()
    found = send_import(official, b"\x00\x01\x02", "photo.png")
    page = client_for(official).get(page_url("import", found)).content.decode()
    assert "This file cannot be read as a table." in page
    answer = client_for(official).post(
        page_url("import-send"),
        {"file": SimpleUploadedFile("big.csv", b"a" * 5_000_001)},
    )
    assert answer.status_code == 422
    assert "must be smaller than 5 MB" in answer.content.decode()
    assert client_for(official).post(page_url("import-send")).status_code == 422


def test_the_empty_sheet_has_every_column_and_can_be_sent_back() -> None:
    official = users.official()
    answer = client_for(official).get(page_url("import-template"))
    assert answer.content.startswith(b"\xef\xbb\xbfkind,id,title,lead organisation,")
    [problem] = imports.check(answer.content, at=IMPORTED_AT).problems
    assert problem.sentence == "There are headers but no cases."


@pytest.mark.parametrize(
    "who", ["outsider", "coach", "secretary", "member", "minister", "finance"]
)
def test_nobody_else_opens_the_pages(who: str) -> None:
    found = send_import(users.official(), sheets.csv_file(EOI))
    person = getattr(users, who)()
    for name in ("imports", "import-send", "import-template"):
        assert get_status(person, name) == 403
    for name in ("import", "import-apply"):
        assert get_status(person, name, found) == 403
    assert get_status(None, "imports") == 302


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_asks_as_much_for_three_files_as_for_one(
    files: int, django_assert_num_queries: object
) -> None:
    official = users.official()
    for _ in range(files):
        send_import(official, sheets.csv_file(EOI))
    client = client_for(official)
    client.get(page_url("imports"))
    with django_assert_num_queries(3):  # type: ignore[operator] # pytest-django's own
        client.get(page_url("imports"))
