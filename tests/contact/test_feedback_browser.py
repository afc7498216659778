"""Help and feedback by keyboard, without JavaScript and in forced colours."""

import pytest
from playwright.sync_api import expect

from innovation.contact.models import ServiceFeedback
from tests.browser.fixtures import Visit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_stranger_gives_feedback_with_the_keyboard(
    visit: Visit, javascript: bool
) -> None:
    visitor = visit(javascript=javascript)
    page = visitor.go("/rounds/")
    page.get_by_role("link", name="Give feedback").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/feedback")
    expect(page.locator("main")).to_contain_text("which page you came from: /rounds/")
    page.get_by_label("Your email address").focus()
    page.keyboard.type("ann")
    page.keyboard.press("Enter")
    expect(page).to_have_title(
        "Error: Give feedback on this service – "
        "Children’s Social Care Innovation Programme – GOV.UK"
    )
    problems = page.locator(".govuk-error-summary a")
    expect(problems).to_have_count(2)
    problems.first.focus()
    page.keyboard.press("Enter")
    text = page.get_by_label("What do you want to tell us?")
    expect(text).to_be_focused()
    page.keyboard.type("Which day does it close?")
    email = page.get_by_label("Your email address")
    email.fill("ann@example.org")
    email.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Thank you for your feedback"
    )
    [row] = ServiceFeedback.objects.all()
    assert (row.text, row.email, row.page) == (
        "Which day does it close?",
        "ann@example.org",
        "/rounds/",
    )
    if javascript:
        visitor.check("contact/sent")


def test_help_is_whole_in_forced_colours(visit: Visit) -> None:
    visitor = visit(width=320)
    page = visitor.go("/help")
    visitor.check("contact/help")
    page.emulate_media(forced_colors="active")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    visitor.save_document_picture("help-forced-colours")
    page.emulate_media(forced_colors="none")
    page.get_by_role("link", name="Accessibility statement", exact=True).click()
    page.wait_for_url("**/accessibility")
    visitor.check("contact/accessibility")
