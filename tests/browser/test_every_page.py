"""Every page there is, opened by somebody who may, wide and narrow, and every form
sent back with nothing in it.
"""

import pprint
from typing import Any

import pytest

from funding.demo_data.people import DEMO_PEOPLE
from innovation.web import pages
from tests.browser import page_quality, routes
from tests.browser.fixtures import Visit, Visitor
from tests.demo_fixtures import demo_user

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demonstration")]
PARTS = tuple(part.email.partition("@")[0] for part in DEMO_PEOPLE if part.can_sign_in)
SEEN_BY_ALL = frozenset({"dashboard:home"})
SEND_BUTTON = "main form[method=post] button.govuk-button:not([type=button])"
EMPTIED = """() => {
    for (const field of document.querySelectorAll("main form [name]")) {
        if (field.type === "hidden") continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = false;
        else field.value = "";
    }
}"""


def all_open_pages() -> list[routes.OpenPage]:
    return routes.open_pages(PARTS, SEEN_BY_ALL)


def pages_of_person(part: str) -> list[routes.OpenPage]:
    return [stop for stop in all_open_pages() if stop.part == part and stop.is_page]


def test_every_page_can_be_opened_by_somebody() -> None:
    opened = {stop.route.name for stop in all_open_pages()}
    closed = [route.name for route in routes.all_routes() if route.name not in opened]
    assert closed == [], "\n".join(closed)


@pytest.mark.parametrize("part", ["", *PARTS])
def test_pages_and_their_errors_are_right(part: str, visit: Visit) -> None:
    visitor: Visitor = visit()
    if part:
        visitor.sign_in(demo_user(part))
    faults_by_page: dict[str, Any] = {}
    for stop in pages_of_person(part):
        visitor.go(stop.address)
        if faults := page_faults(visitor, f"pages/{picture_name(stop)}"):
            faults_by_page[stop.address] = faults
    forms = [
        s for s in pages_of_person(part) if issubclass(s.route.view, pages.FormPage)
    ]
    for stop in forms:
        back = send_empty(visitor, stop)
        if back and (
            faults := error_page_faults(visitor, f"errors/{picture_name(stop)}")
        ):
            faults_by_page[f"{stop.address}, sent empty"] = faults
    assert faults_by_page == {}, pprint.pformat(faults_by_page)


def picture_name(stop: routes.OpenPage) -> str:
    section = (
        stop.address.rpartition("/sections/")[2] if "/sections/" in stop.address else ""
    )
    name = "-".join(filter(None, (*stop.route.name.split(":"), section)))
    return f"{stop.part or 'public'}/{name}"


def page_faults(visitor: Visitor, name: str) -> dict[str, Any]:
    faults = visitor.faults(name)
    if "govuk-skip-link" not in (stop := page_quality.first_tab_stop(visitor.page)):
        faults["first stop"] = stop
    if elements := page_quality.faint_focus(visitor.page):
        faults["faint focus"] = elements
    return faults


def send_empty(visitor: Visitor, stop: routes.OpenPage) -> bool:
    """Whether it came back with what is wrong. Some forms take nothing for an answer,
    and end what a later one was about. Steps for several cases have no form until
    cases are chosen.
    """
    page, address = visitor.page, f"{visitor.site}{stop.address}"
    opened = page.goto(address)
    if opened is None or opened.status != 200 or page.url != address:
        return False
    if page.locator(SEND_BUTTON).count() == 0:
        return False
    page.evaluate(EMPTIED)
    with page.expect_navigation() as answer:
        page.locator(SEND_BUTTON).first.click()
    return bool(answer.value.status == 422)


def error_page_faults(visitor: Visitor, name: str) -> dict[str, Any]:
    page = visitor.page
    faults = page_quality.faults(page)
    if not page.title().startswith("Error: "):
        faults["title"] = page.title()
    if page.locator(".govuk-error-summary li").count() == 0:
        faults["summary"] = "none"
    visitor.save_picture(name, faults)
    return faults
