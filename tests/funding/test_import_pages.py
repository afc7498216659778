"""The import pages: send, read what was found, import."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from bids.models import Expression
from funding.domain import imports
from funding.models import Award, Import
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.formatting import format_date
from tests.api.api_client import ApiClient
from tests.factories import users
from tests.funding import sheets
from tests.funding.historic_cases import IMPORTED_AT, apply_import
from tests.funding.page_requests import client_for, get_status, page_url, post_form
from tests.funding.sheets import AWARD, EOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


def today() -> date:
    """Asked for by each test: the tests may begin on one day and end on the next."""
    return clock.london_day(clock.now())


def send_import(by: User, content: bytes, name: str = "past.csv") -> Import:
    post_form(by, "import-send", file=SimpleUploadedFile(name, content))
    return Import.objects.latest("id")


def read_page(person: User, name: str, row: Import) -> str:
    response = client_for(person).get(page_url(name, row))
    assert response.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def seen_digest(person: User, row: Import) -> str:
    page = client_for(person).get(page_url("import-confirm", row)).content.decode()
    found = re.search(r'name="effect_digest" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def test_cases_of_today_are_imported_by_one_person() -> None:
    person, written_day = users.official(), f"{today():%d/%m/%Y}"
    checked = send_import(person, sheets.csv_file(EOI | {"Date": written_day}))
    assert "Import 1 case" in read_page(person, "import", checked)
    post_form(person, "import-apply", checked)
    checked.refresh_from_db()
    assert (checked.state, checked.sent_by) == ("applied", None)
    assert "Revised on" not in client_for(None).get("/").content.decode()


@pytest.mark.parametrize("who", ["official", "administrator"])
def test_a_file_is_uploaded_checked_sent_and_confirmed_by_somebody_else(
    who: str,
) -> None:
    person, second = getattr(users, who)(), users.official()
    checked = send_import(person, sheets.csv_file(EOI, AWARD))
    assert "A second person must confirm it" in read_page(person, "import", checked)
    page = read_page(person, "import-apply", checked)
    assert "Send to a second person" in page
    row = r"28 February 2015\s+Projects funded\s+0\s+1"
    assert re.search(row, page)
    assert Expression.objects.count() == 0

    post_form(person, "import-apply", checked)
    assert Expression.objects.count() == 0
    assert get_status(person, "import-confirm", checked) == 403
    assert "1 import of past cases to confirm" in unescape(
        client_for(second).get(reverse("dashboard:home")).content.decode()
    )
    page = read_page(second, "import-confirm", checked)
    assert re.search(row, page)
    assert re.search(r"Known amounts\s+£0\s+£1,234.50", page)
    file = client_for(second).get(page_url("import-file", checked))
    assert file.content == sheets.csv_file(EOI, AWARD)
    effect_digest = seen_digest(second, checked)
    post_form(second, "import-confirm", checked, effect_digest=effect_digest)

    assert (Expression.objects.count(), Award.objects.count()) == (1, 1)
    revised = f"Revised on {format_date(today())}: 1 more expression of interest"
    front = client_for(None).get("/", {"as_at": "2015-02-28"}).content.decode()
    assert f"{revised}, 1 more project funded, 2 more local authorities" in front
    assert get_status(person, "import-apply", checked) == 409
    assert get_status(second, "import-confirm", checked) == 409
    assert "Imported" in read_page(person, "import", checked)
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
    for name in (
        "import",
        "import-apply",
        "import-confirm",
        "import-refuse",
        "import-file",
    ):
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
