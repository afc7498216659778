"""A browser that has kept a public page does not show it to somebody who signs in."""

import pytest
from playwright.sync_api import Response

from tests.browser.fixtures import Visit
from tests.factories import users

pytestmark = pytest.mark.browser


def test_what_a_visitor_saw_is_not_shown_to_whoever_signs_in(visit: Visit) -> None:
    visitor = visit()
    answers: list[Response] = []
    visitor.page.on(
        "response",
        lambda answer: (
            answers.append(answer) if answer.url == f"{visitor.site}/rounds/" else None
        ),
    )
    visitor.go("/rounds/")
    visitor.go("/cookies")
    # By a link, because an address that is entered again is asked for again.
    visitor.page.get_by_role("link", name="Funding rounds").first.click()
    visitor.page.wait_for_url("**/rounds/")
    assert answers[-1].headers["cache-control"] == "public, max-age=60"
    first, second = (answer.headers["x-request-id"] for answer in answers)
    assert first == second, "The browser asked for a page that it may keep"
    visitor.sign_in(users.official())
    visitor.go("/cookies")
    visitor.page.get_by_role("link", name="Funding rounds").first.click()
    visitor.page.wait_for_url("**/rounds/")
    visitor.page.get_by_role("button", name="Sign out").wait_for()


def test_a_page_that_was_asked_for_again_keeps_its_styles(visit: Visit) -> None:
    """The headers of a 304 become those of the page."""
    visitor = visit()
    visitor.go("/rounds/")
    visitor.page.reload()
    visitor.page.reload()
    visitor.check("rounds-asked-for-again")
