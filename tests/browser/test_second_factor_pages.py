"""The second step of signing in, from setting it up to a lost phone."""

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from innovation.accounts.models import User
from tests.browser.fixtures import EACH_WIDTH, Visit, Visitor
from tests.browser.test_account_pages import (
    PASSWORD,
    check_page,
    fill,
    person,
    press,
    sign_in,
)

__all__ = ["person"]
pytestmark = pytest.mark.browser


def code_of(secret: str) -> str:
    """What the app on the phone would show now; each works once."""
    cache.clear()
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@EACH_WIDTH
def test_an_app_is_set_up_used_and_taken_away(
    width: int, visit: Visit, person: User
) -> None:
    visitor = visit(width=width)
    sign_in(visitor, "/accounts/2fa/")
    page = visitor.page
    check_page(visitor, "second-step", title="Signing in with a second step")
    page.click("a:text-is('Set up an app')")
    check_page(visitor, "app-again", title="Confirm that it is you")
    fill(visitor, password=PASSWORD)
    press(visitor, "Continue")
    check_page(visitor, "app", title="Set up an authenticator app")
    secret = page.inner_text("main code")
    press(visitor, "Continue")
    check_page(
        visitor,
        "app-wrong",
        title="Set up an authenticator app",
        message="Enter the code",
    )
    fill(visitor, code=code_of(secret))
    press(visitor, "Continue")
    check_page(visitor, "recovery-codes", title="Your recovery codes")
    codes = page.inner_text("main .govuk-list").split()
    assert len(codes) == 10
    visitor.go("/accounts/2fa/recovery-codes/")
    check_page(visitor, "recovery-codes-again", title="Your recovery codes")
    assert "only show the codes once" in page.inner_text("main")
    assert not set(codes) & set(page.inner_text("main").split())
    page.click("a:text-is('Make new codes')")
    check_page(visitor, "recovery-codes-new", title="Make new recovery codes")
    press(visitor, "Make new codes")
    codes = page.inner_text("main ul.govuk-list").split()

    later_visitor = visit(width=width)
    _with_the_app(later_visitor, secret, width)
    _with_a_recovery_code(visit(width=width), codes[0])

    later_visitor.go("/accounts/2fa/")
    check_page(later_visitor, "second-step-on", title="Signing in with a second step")
    later_visitor.page.click("a:text-is('Stop using the app')")
    check_page(later_visitor, "app-again-either", title="Confirm that it is you")
    later_visitor.page.click("main p.govuk-body a[href*='2fa/reauthenticate']")
    check_page(later_visitor, "app-again-code", title="Confirm that it is you")
    fill(later_visitor, code=codes[1])
    press(later_visitor, "Continue")
    check_page(later_visitor, "app-stop", title="Stop using the authenticator app")
    press(later_visitor, "Stop using the app")
    assert "The authenticator app was taken away" in later_visitor.page.inner_text(
        "main"
    )


def _with_the_app(visitor: Visitor, secret: str, width: int) -> None:
    sign_in(visitor)
    title = "Enter the code from your app"
    check_page(visitor, "app-code", title=title)
    fill(visitor, code="000000")
    press(visitor, "Continue")
    message = "The code is wrong or has expired. Enter it again"
    check_page(visitor, "app-code-wrong", title=title, message=message)
    fill(visitor, code=code_of(secret))
    press(visitor, "Continue")
    assert visitor.page.url == f"{visitor.site}/home"


def _with_a_recovery_code(visitor: Visitor, code: str) -> None:
    """Somebody who has lost the phone, and is asked again after a while."""
    sign_in(visitor)
    fill(visitor, code=code)
    press(visitor, "Continue")
    assert visitor.page.url == f"{visitor.site}/home"
