"""Every page there is, opened by somebody who may, wide and narrow, and every form
sent back with nothing in it.
"""

import pprint
from typing import Any

import pytest

from funding.demo_data.people import CAST
from innovation.web import pages
from tests.browser import quality, routes
from tests.browser.visitors import Visitor
from tests.staged import player

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demonstration")]
PARTS = tuple(part.email.partition("@")[0] for part in CAST if part.can_sign_in)
SEEN_BY_ALL = frozenset({"dashboard:home"})
EMPTIED = """() => {
    for (const field of document.querySelectorAll("main form [name]")) {
        if (field.type === "hidden") continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = false;
        else field.value = "";
    }
}"""


def stops() -> list[routes.Stop]:
    return routes.tour(PARTS, SEEN_BY_ALL)


def own(part: str) -> list[routes.Stop]:
    return [stop for stop in stops() if stop.part == part and stop.is_page]


def test_every_page_can_be_opened_by_somebody() -> None:
    opened = {stop.route.name for stop in stops()}
    closed = [route.name for route in routes.every() if route.name not in opened]
    assert closed == [], "\n".join(closed)


@pytest.mark.parametrize("part", ["", *PARTS])
def test_pages_and_their_errors_are_right(part: str, visit: Any) -> None:
    visitor: Visitor = visit()
    if part:
        visitor.sign_in(player(part))
    wrong: dict[str, Any] = {}
    for stop in own(part):
        visitor.go(stop.address)
        if found := look(visitor, f"pages/{name_of(stop)}"):
            wrong[stop.address] = found
    forms = [s for s in own(part) if issubclass(s.route.view, pages.FormPage)]
    for stop in forms:
        back = send_empty(visitor, stop)
        if back and (found := look_at_errors(visitor, f"errors/{name_of(stop)}")):
            wrong[f"{stop.address}, sent empty"] = found
    assert wrong == {}, pprint.pformat(wrong)


def name_of(stop: routes.Stop) -> str:
    section = (
        stop.address.rpartition("/sections/")[2] if "/sections/" in stop.address else ""
    )
    name = "-".join(filter(None, (*stop.route.name.split(":"), section)))
    return f"{stop.part or 'public'}/{name}"


def look(visitor: Visitor, name: str) -> dict[str, Any]:
    found = visitor.faults(name)
    if "govuk-skip-link" not in (stop := quality.first_stop(visitor.page)):
        found["first stop"] = stop
    return found


def send_empty(visitor: Visitor, stop: routes.Stop) -> bool:
    """Whether it came back with what is wrong. Some forms take nothing for an answer,
    and end what a later one was about.
    """
    page, address = visitor.page, f"{visitor.site}{stop.address}"
    opened = page.goto(address)
    if opened is None or opened.status != 200 or page.url != address:
        return False
    page.evaluate(EMPTIED)
    with page.expect_navigation() as sent:
        page.locator("main form[method=post] button.govuk-button").first.click()
    return bool(sent.value.status == 422)


def look_at_errors(visitor: Visitor, name: str) -> dict[str, Any]:
    page = visitor.page
    found = quality.faults(page)
    if not page.title().startswith("Error: "):
        found["title"] = page.title()
    if page.locator(".govuk-error-summary li").count() == 0:
        found["summary"] = "none"
    visitor.keep(name)
    return found
