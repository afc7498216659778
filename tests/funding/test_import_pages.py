"""The import pages: send, read what was found, bring in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bids.models import Expression
from funding.domain import imports
from funding.models import Award, Import
from innovation.accounts.models import User
from tests import cast
from tests.funding import sheets
from tests.funding.historic_cases import AT
from tests.funding.sheets import AWARD, EOI
from tests.funding.visits import as_, at, get, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


def sent(by: User, content: bytes, name: str = "past.csv") -> Import:
    post(by, "import-send", file=SimpleUploadedFile(name, content))
    return Import.objects.latest("id")


@pytest.mark.parametrize("who", ["official", "administrator"])
def test_a_file_is_sent_read_and_brought_in(who: str) -> None:
    person = getattr(cast, who)()
    found = sent(person, sheets.csv_file(EOI, AWARD))
    page = as_(person).get(at("import", found)).content.decode()
    assert "Bring in 2 cases" in page
    assert Expression.objects.count() == 0

    assert get(person, "import-apply", found) == 200
    post(person, "import-apply", found)

    assert (Expression.objects.count(), Award.objects.count()) == (1, 1)
    assert "Applied" in as_(person).get(at("import", found)).content.decode()
    assert get(person, "import-apply", found) == 409
    again = sent(person, sheets.csv_file(EOI, AWARD))
    page = as_(person).get(at("import", again)).content.decode()
    assert "there is nothing to bring in" in page


def test_problems_are_shown_by_row_and_column_and_stay_in_the_list() -> None:
    official = cast.official()
    found = sent(official, sheets.csv_file({**EOI, "Date": "<b>soon</b>"}))
    page = as_(official).get(at("import", found)).content.decode()
    assert "Date (column F)" in page
    assert "Bring in" not in page
    assert get(official, "import-apply", found) == 409
    listed = as_(official).get(at("imports")).content.decode()
    assert "past.csv" in listed
    assert "Has problems" in listed


def test_a_file_that_is_no_table_or_too_large_is_met_with_a_sentence() -> None:
    official = cast.official()
    found = sent(official, b"\x00\x01\x02", "photo.png")
    page = as_(official).get(at("import", found)).content.decode()
    assert "This file cannot be read as a table." in page
    answer = as_(official).post(
        at("import-send"), {"file": SimpleUploadedFile("big.csv", b"a" * 5_000_001)}
    )
    assert answer.status_code == 422
    assert "must be smaller than 5 MB" in answer.content.decode()
    assert as_(official).post(at("import-send")).status_code == 422


def test_the_empty_sheet_has_every_column_and_can_be_sent_back() -> None:
    official = cast.official()
    answer = as_(official).get(at("import-template"))
    assert answer.content.startswith(b"\xef\xbb\xbfkind,id,title,lead organisation,")
    [problem] = imports.check(answer.content, at=AT).problems
    assert problem.sentence == "There are headers but no cases."


@pytest.mark.parametrize(
    "who", ["outsider", "coach", "secretary", "member", "minister", "finance"]
)
def test_nobody_else_opens_the_pages(who: str) -> None:
    found = sent(cast.official(), sheets.csv_file(EOI))
    person = getattr(cast, who)()
    for name in ("imports", "import-send", "import-template"):
        assert get(person, name) == 403
    for name in ("import", "import-apply"):
        assert get(person, name, found) == 403
    assert get(None, "imports") == 302


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_asks_as_much_for_three_files_as_for_one(
    files: int, django_assert_num_queries: object
) -> None:
    official = cast.official()
    for _ in range(files):
        sent(official, sheets.csv_file(EOI))
    client = as_(official)
    client.get(at("imports"))
    with django_assert_num_queries(3):  # type: ignore[operator] # pytest-django's own
        client.get(at("imports"))
