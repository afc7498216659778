"""The five page bases as people meet them: wide, narrow and without scripts."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from innovation.accounts.models import User
from innovation.core.models import Submission
from tests.browser.fixtures import EACH_WIDTH, Visit
from tests.factories import users

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.gallery")]
PAGES = {
    "front": "/",
    "list": "/rows",
    "form": "/everything",
    "furniture": "/furniture",
    "action": "/rows/row-1/remove",
    "not-found": "/nowhere",
    "too-late": "/checked",
    "forbidden": "/closed",
    "sign-in": "/accounts/login/",
}


@pytest.fixture
def someone(transactional_db: None) -> User:
    for number in range(1, 8):
        at = datetime(2015, 2, number, tzinfo=UTC)
        Submission.objects.create(token=f"row-{number}", address="x", at=at)
    return users.account("someone@example.com", roles=["applicant"])


@EACH_WIDTH
@pytest.mark.parametrize("name", PAGES)
def test_page_obeys_the_policy_on_content_and_axe(
    name: str, width: int, visit: Visit, someone: User
) -> None:
    visitor = visit(width=width)
    if name != "sign-in":
        visitor.sign_in(someone)
    visitor.go(PAGES[name])
    visitor.check(f"bases/{name}")


@EACH_WIDTH
def test_wrong_form_comes_back_with_a_summary_that_leads_to_the_fields(
    width: int, visit: Visit, someone: User
) -> None:
    visitor = visit(width=width)
    visitor.sign_in(someone)
    page = visitor.go("/everything")
    page.fill("#id_name", "Signs of hope")
    page.fill("#id_amount", "a lot")
    page.fill("#id_starts-day", "31")
    page.fill("#id_starts-month", "2")
    page.fill("#id_starts-year", "2015")
    page.check("text=Another colour >> nth=0")
    page.click("button:has-text('Continue')")
    expect(page).to_have_title(re.compile("^Error: Every field"))
    assert page.input_value("#id_name") == "Signs of hope"
    assert page.input_value("#id_amount") == "a lot"
    assert page.input_value("#id_starts-month") == "2"
    visitor.check("bases/form-wrong")
    page.click("a:has-text('The date must be a real date')")
    assert page.evaluate("document.activeElement.id") == "id_starts-day"


def test_form_works_without_scripts(visit: Visit, someone: User) -> None:
    visitor = visit(javascript=False)
    visitor.sign_in(someone)
    page = visitor.go("/rows/add")
    page.fill("#id_token", "wrong")
    page.click("css=button:text-is('Add')")
    assert page.locator(".govuk-error-summary").inner_text().split("\n") == [
        "There is a problem",
        "Full up",
        "Choose another name",
    ]
    page.fill("#id_token", "a new row")
    page.click("css=button:text-is('Add')")
    expect(page).to_have_url(f"{visitor.site}/rows")
    assert "The row was added" in page.inner_text("main")


def test_reveals_only_the_field_of_the_answer_chosen(
    visit: Visit, someone: User
) -> None:
    visitor = visit()
    visitor.sign_in(someone)
    page = visitor.go("/everything")
    assert not page.is_visible("#id_colour_text")
    page.check("input[name=colour][value=other]")
    assert page.is_visible("#id_colour_text")


def test_typing_finds_an_answer_and_rubbing_it_out_empties_it(
    visit: Visit, someone: User
) -> None:
    visitor = visit()
    visitor.sign_in(someone)
    page = visitor.go("/everything")
    page.fill("input#id_council", "Don")
    page.click("li:has-text('Doncaster')")
    visitor.check("bases/autocomplete")
    for text, option in [("Doncaster", "Don"), ("", ""), (" devon", "Dev")]:
        page.fill("input#id_council", text)
        page.press("input#id_council", "Escape")
        with page.expect_navigation():
            page.click("button:has-text('Continue')")
        assert page.input_value("select[name=council]") == option


def test_inline_style_would_not_go_unnoticed(visit: Visit) -> None:
    visitor = visit()
    page = visitor.go("/")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p style=color:red>')"
    )
    page.wait_for_timeout(100)
    [complaint] = visitor.complaints
    assert "style-src" in complaint
    visitor.complaints.clear()
