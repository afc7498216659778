"""A section of a draft in a real browser: it saves automatically, shows who else is
there, and keeps what it cannot send.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from bids.domain import expressions
from bids.models import AnswerVersion, Expression
from innovation.accounts.models import User
from innovation.core import clock, limits
from innovation.core.models import UnsentForm
from innovation.core.timeouts import WEB
from tests.browser.fixtures import Visit, Visitor
from tests.dates import MOMENT, OPENS_AT
from tests.factories import cases, users
from tests.process_timeouts import use_timeouts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SOON = 10_000
"""Milliseconds, on a machine that has other things to do."""


@pytest.fixture
def draft(site: str) -> Expression:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    return cases.draft(round=round, complete=False)


def address(draft: Expression, page: str = "section", *more: str) -> str:
    more = more or (("the-idea",) if page == "section" else ())
    return reverse(f"bids:expression-{page}", args=[draft.key, *more])


def open_draft(visit: Visit, draft: Expression, user: User, **how: Any) -> Visitor:
    visitor: Visitor = visit(**how)
    visitor.sign_in(user)
    visitor.go(address(draft))
    visitor.page.locator("[data-draft-ready]").wait_for()
    return visitor


def field(page: Page) -> Any:
    return page.get_by_label("What is the idea?")


def status(page: Page) -> Any:
    return page.locator("[data-draft-status]")


def alarm(page: Page) -> Any:
    return page.locator("[data-draft-alarm]")


def expect_saved(page: Page) -> None:
    expect(status(page)).to_have_text(re.compile("^Saved at"), timeout=SOON)


def in_three_minutes() -> datetime:
    return clock.now() + timedelta(seconds=175)


def local_copies(page: Page) -> list[str]:
    return list(page.evaluate("Object.values(localStorage)"))


def wait_for_upload(page: Page, within: int = SOON) -> None:
    """The policy on content lets Playwright not wait for this by itself."""
    for _ in range(within // 100):
        if not local_copies(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"Still unsaved: {local_copies(page)}")


@pytest.fixture
def web_timeouts(transactional_db: None) -> Iterator[None]:
    with use_timeouts(WEB):
        yield


@pytest.fixture
def visitor(visit: Visit, draft: Expression) -> Visitor:
    return open_draft(visit, draft, cases.editor_of(draft.lead))


def test_what_is_typed_is_saved_by_itself_and_leaves_the_browser(
    visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    field(page).press_sequentially("Homes near a hub.")
    assert "Homes near a hub." in local_copies(page)[0]
    wait_for_upload(page)
    expect_saved(page)
    assert Expression.objects.get().summary == "Homes near a hub."
    visitor.check("drafts/saved")
    visitor.save_picture("draft-saved")


def test_a_lost_connection_is_said_and_mends_itself(
    visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    page.context.set_offline(True)
    field(page).fill("Typed in a tunnel")
    expect(alarm(page)).to_contain_text("We cannot reach the service", timeout=SOON)
    visitor.check("drafts/offline")
    visitor.save_picture("draft-offline")
    page.get_by_role("button", name="Save and continue").click()
    assert page.url.endswith(address(draft))
    page.context.set_offline(False)
    wait_for_upload(page, 2 * SOON)
    assert Expression.objects.get().summary == "Typed in a tunnel"
    expect(alarm(page)).to_be_hidden()


def test_while_somebody_holds_the_draft_it_is_said_and_then_mends_itself(
    web_timeouts: None, visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    wait_for_upload(page)
    with transaction.atomic():
        Expression.objects.select_for_update().get(pk=draft.pk)
        field(page).fill("Typed meanwhile")
        expect(alarm(page)).to_contain_text("Somebody else is changing", timeout=SOON)
        expect(alarm(page)).to_contain_text("kept in this browser")
        assert "Typed meanwhile" in local_copies(page)[0]
        visitor.check("drafts/locked")
        visitor.save_picture("draft-locked")
    wait_for_upload(page, 2 * SOON)
    assert Expression.objects.get().summary == "Typed meanwhile"
    expect(alarm(page)).to_be_hidden()


def test_a_closed_page_brings_its_unsent_text_back(
    visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    page.wait_for_timeout(500)
    page.context.set_offline(True)
    field(page).fill("Typed in a tunnel")
    assert local_copies(page) != []
    second_page = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    second_page.goto(f"{visitor.site}{address(draft)}")
    expect(field(second_page)).to_have_value("Typed in a tunnel")
    wait_for_upload(second_page)
    assert Expression.objects.get().summary == "Typed in a tunnel"


def test_two_people_see_each_other_and_neither_overwrites(
    visitor: Visitor, visit: Visit, draft: Expression
) -> None:
    two = open_draft(visit, draft, users.applicant(draft.lead), width=375)
    names = visitor.page.locator("[data-draft-here]")
    # Left alone, the other page would show the newer text before it is typed into.
    two.page.context.set_offline(True)
    field(visitor.page).fill("From one")
    wait_for_upload(visitor.page)
    field(two.page).fill("From two")
    two.page.context.set_offline(False)
    expect(alarm(two.page)).to_contain_text("Somebody else changed", timeout=SOON)
    two.check("drafts/overtaken")
    field(visitor.page).press_sequentially(", longer")
    expect(names).to_be_visible(timeout=2 * SOON)
    visitor.check("drafts/together")
    two.page.get_by_role("link", name="Compare the two texts").click()
    two.page.get_by_label("Combine both").wait_for()
    words = two.page.locator("main").inner_text()
    assert words.index("one, longer") < words.index("two")
    two.check("drafts/two-texts")
    two.page.get_by_label("Combine both").check()
    two.check("drafts/text-of-both")
    two.page.get_by_label("Combined text").fill("From both")
    two.page.get_by_role("button", name="Save what I chose").click()
    two.page.wait_for_url(f"**{draft.key}")
    assert Expression.objects.get().summary == "From both"
    two.go(address(draft, "versions", "summary"))
    two.check("drafts/versions")
    two.save_picture("draft-versions")
    assert AnswerVersion.objects.filter(raw_input={"summary": ["From two"]}).exists()


def test_after_the_session_nothing_is_lost(visitor: Visitor, draft: Expression) -> None:
    page = visitor.page
    user = cases.editor_of(draft.lead)
    Session.objects.all().delete()
    field(page).fill("Typed too late")
    expect(alarm(page)).to_contain_text("You have been signed out", timeout=SOON)
    assert local_copies(page) == []
    assert UnsentForm.objects.get().person == user.key
    visitor.check("drafts/signed-out")
    visitor.save_picture("draft-signed-out")
    visitor.sign_in(user)
    visitor.go(address(draft))
    expect(field(page)).to_have_value("Typed too late")
    expect_saved(page)
    assert Expression.objects.get().summary == "Typed too late"
    assert UnsentForm.objects.count() == 0


def test_the_button_saves_and_a_double_click_saves_once(
    visitor: Visitor, draft: Expression
) -> None:
    field(visitor.page).fill("Homes")
    visitor.page.get_by_role("button", name="Save and continue").dblclick()
    visitor.page.wait_for_url(f"**{draft.key}")
    assert AnswerVersion.objects.filter(code="summary").count() == 1
    assert local_copies(visitor.page) == []


def test_the_end_of_the_session_is_said_before_and_put_off(
    visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    row = Session.objects.get()
    row.expire_date = in_three_minutes()
    row.save()
    visitor.go(address(draft))
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("You will be signed out in 3 minutes", timeout=SOON)
    visitor.check("drafts/session-ends")
    visitor.save_picture("session-ends")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden(timeout=SOON)
    assert Session.objects.get().expire_date > in_three_minutes()


def test_signing_out_leaves_no_text_behind(visitor: Visitor, draft: Expression) -> None:
    field(visitor.page).fill("Last words")
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url(f"{visitor.site}/")
    assert local_copies(visitor.page) == []
    assert Expression.objects.get().summary == "Last words"


def test_what_was_sent_meanwhile_stays_as_it_was_sent(
    visitor: Visitor, draft: Expression
) -> None:
    by = cases.editor_of(draft.lead)
    expressions.withdraw(draft, by=by, at=MOMENT)
    field(visitor.page).fill("Too late")
    expect(alarm(visitor.page)).to_contain_text("can’t be changed", timeout=SOON)
    wait_for_upload(visitor.page)
    expect(status(visitor.page)).to_have_text(
        "We have kept what you typed, but not saved it as your answer"
    )
    assert AnswerVersion.objects.get().late is True
    field(visitor.page).fill("Later still")
    wait_for_upload(visitor.page)
    late_versions = AnswerVersion.objects.filter(late=True).order_by("number")
    assert [row.raw_input["summary"] for row in late_versions] == [
        ["Too late"],
        ["Later still"],
    ]


def test_a_text_too_long_to_be_saved_is_said_and_stays_in_the_browser(
    visitor: Visitor, draft: Expression
) -> None:
    page, text = visitor.page, "word " * (limits.TEXT_CEILING // 4)
    page.locator("[name=title]").fill("A new title")
    field(page).fill(text)
    expect(alarm(page)).to_contain_text("too long to be saved", timeout=2 * SOON)
    expression = Expression.objects.get()
    assert (expression.title, expression.summary) == ("A new title", "")
    visitor.save_picture("draft-too-long")
    page.reload()
    page.locator("[data-draft-ready]").wait_for()
    assert field(page).input_value() == text
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert field(page).input_value() == text
    visitor.save_picture("draft-too-long-sent")


def test_more_than_a_request_takes_is_said_and_stays_on_the_page(
    visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    field(page).fill("x" * 2 * limits.BODY_BYTES)
    expect(alarm(page)).to_contain_text("more than 1 MB of text", timeout=2 * SOON)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_timeout(1_000)
    assert page.url.endswith(address(draft))
    field(page).fill("Short enough")
    wait_for_upload(page)
    assert Expression.objects.get().summary == "Short enough"


def test_too_much_in_an_hour_is_put_off_and_stays_in_the_browser(
    visitor: Visitor, draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DRAFT_BYTES_A_PERSON", 100)
    page = visitor.page
    field(page).fill("A long way home. " * 20)
    expect(alarm(page)).to_contain_text("saved too much", timeout=SOON)
    assert "A long way home" in local_copies(page)[0]
    assert Expression.objects.get().summary == ""
