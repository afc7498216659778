"""Two people sign off an expression and send it, with the keyboard only."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from bids.models import Expression
from innovation.accounts.models import Standing
from tests.browser.fixtures import Visit, Visitor
from tests.dates import OPENS_AT
from tests.factories import cases, users

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def draft(site: str) -> Expression:
    return cases.draft(round=cases.round_(opens_at=OPENS_AT, closes_at=None))


def signed_in_visitor(visit: Visit, user: Any) -> Visitor:
    visitor: Visitor = visit()
    visitor.sign_in(user)
    return visitor


def address(draft: Expression, page: str) -> str:
    return reverse(f"bids:expression-{page}", args=[draft.key])


def press(page: Page, role: Any, name: str, key: str = "Enter") -> None:
    """Reached by the keyboard as by a mouse: what cannot hold the focus fails."""
    element = page.get_by_role(role, name=name, exact=True)
    element.focus()
    expect(element).to_be_focused()
    page.keyboard.press(key)


def test_a_colleague_sends_what_an_authoriser_signed(
    visit: Visit, draft: Expression
) -> None:
    writer = signed_in_visitor(visit, users.applicant(draft.lead, Standing.EDITOR))
    signer = signed_in_visitor(visit, cases.editor_of(draft.lead))
    page, other = writer.go(address(draft, "check")), signer.go(address(draft, "check"))
    expect(page.get_by_role("button", name="Send", exact=True)).to_have_count(0)
    expect(page.locator("main")).to_contain_text(str(cases.editor_of(draft.lead)))
    writer.check("signing/unsigned")
    press(page, "link", "Ask for sign-off")
    press(page, "button", "Ask for sign-off")
    expect(page.locator("main")).to_contain_text(
        "We have written to the person you asked"
    )

    press(other, "link", "sign it off for a colleague to send")
    press(other, "button", "Sign it off")
    expect(other).to_have_title(
        f"Error: Sign it off – {draft.title}, {draft.key} – "
        "Children’s Social Care Innovation Programme – GOV.UK"
    )
    signer.check("signing/not-confirmed")
    other.get_by_role("checkbox").focus()
    other.keyboard.press("Space")
    press(other, "button", "Sign it off")
    expect(other.locator("main")).to_contain_text("Signed by")

    change_the_title(writer, draft)
    page = writer.go(address(draft, "check"))
    expect(page.locator("main")).not_to_contain_text("Signed by")
    other = signer.go(address(draft, "sign"))
    other.get_by_role("checkbox").focus()
    other.keyboard.press("Space")
    press(other, "button", "Sign it off")
    expect(other.locator("main")).to_contain_text("Signed by")

    page = writer.go(address(draft, "check"))
    writer.check("signing/signed")
    press(page, "checkbox", "The lead organisation agrees to send this", "Space")
    press(page, "button", "Send")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Expression of interest sent"
    )
    writer.check("signing/sent")
    expression = Expression.objects.get(pk=draft.pk)
    assert (expression.state, expression.title) == ("submitted", "Another title")


def change_the_title(writer: Visitor, draft: Expression) -> None:
    page = writer.go(address(draft, "check"))
    press(page, "link", "Change what is the idea called?")
    page.get_by_label("What is the idea called?").fill("Another title")
    press(page, "button", "Save and continue")
    page.wait_for_url("**/check#*")
