"""The pages for what went wrong, as people meet them."""

import re
from typing import NoReturn

import pytest
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest
from django.urls import path
from playwright.sync_api import expect
from pytest_django import Settings

from innovation import urls
from innovation.core import outages
from innovation.core.errors import TooLate
from tests.browser.fixtures import EACH_WIDTH, Visit, Visitor
from tests.factories import users
from tests.narrowing import not_none


def failing_view(request: HttpRequest) -> NoReturn:
    raise RuntimeError("Something nobody thought of")


def bad_request_view(request: HttpRequest) -> NoReturn:
    raise BadRequest("Nothing a browser would send")


def too_late_view(request: HttpRequest) -> NoReturn:
    raise TooLate("The round closed on 3 March 2015 at 5pm.")


def unavailable_view(request: HttpRequest) -> NoReturn:
    raise outages.explain(OperationalError("could not connect to server")) or Exception


urlpatterns = [
    *urls.urlpatterns,
    path("broken", failing_view),
    path("garbled", bad_request_view),
    path("late", too_late_view),
    path("away", unavailable_view),
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
handler429 = urls.handler429
pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]
PAGES = {
    "400": ("/garbled", "The service could not read that"),
    "403": ("/cases/", "You cannot do this"),
    "404": ("/nowhere", "Page not found"),
    "409": ("/late", "This can no longer be done"),
    "503": ("/away", "Sorry, the service is unavailable"),
    "500": ("/broken", "Sorry, there is a problem with the service"),
}


def check_error_page(visitor: Visitor, name: str, title: str) -> None:
    assert visitor.page.inner_text("h1") == title
    expect(visitor.page).to_have_title(re.compile(f"^{title} – "))
    visitor.check(f"errors/{name}")


@EACH_WIDTH
@pytest.mark.parametrize("name", PAGES)
def test_error_page_says_what_to_do(name: str, width: int, visit: Visit) -> None:
    address, title = PAGES[name]
    visitor = visit(width=width)
    visitor.sign_in(users.applicant())
    answer = not_none(visitor.page.goto(f"{visitor.site}{address}"))
    assert answer.status == int(name)
    check_error_page(visitor, name, title)


@EACH_WIDTH
def test_what_was_typed_can_be_sent_again_from_the_page_of_an_outage(
    width: int, visit: Visit
) -> None:
    visitor = visit(width=width)
    visitor.sign_in(users.applicant())
    visitor.go("/cookies")
    page = visitor.page
    with page.expect_navigation():
        page.evaluate("""() => {
            const form = document.querySelector("form");
            form.action = "/away";
            form.append(Object.assign(document.createElement("input"),
                { type: "hidden", name: "reason", value: "Because “it” is" }));
            form.submit();
        }""")
    check_error_page(visitor, "outage-sent", "Sorry, the service is unavailable")
    assert page.locator("[name=reason]").input_value() == "Because “it” is"
    with page.expect_request("**/away") as request:
        page.get_by_role("button", name="Send it again").click()
    assert "reason=Because" in (request.value.post_data or "")


@EACH_WIDTH
def test_a_form_without_its_mark_is_not_taken(width: int, visit: Visit) -> None:
    visitor = visit(width=width)
    page = visitor.go("/accounts/signup/")
    page.context.clear_cookies()
    with page.expect_navigation():
        page.click("button:text-is('Create account')")
    check_error_page(visitor, "csrf", "Your form was not sent")


@EACH_WIDTH
def test_a_service_that_is_shut_says_so_everywhere(
    width: int, visit: Visit, settings: Settings
) -> None:
    settings.MAINTENANCE = True
    visitor = visit(width=width)
    for address in ("/", "/accounts/login/", "/nowhere"):
        answer = not_none(visitor.page.goto(f"{visitor.site}{address}"))
        assert answer.status == 503
    check_error_page(visitor, "maintenance", "Sorry, the service is unavailable")
    answer = not_none(visitor.page.goto(f"{visitor.site}/health/live"))
    assert answer.status == 200
