"""Every page of the sign-in library stands in our frame and obeys our policies."""

import re

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from innovation.accounts.models import User
from tests.browser.fixtures import EACH_WIDTH, PHONE, Visit
from tests.factories import users

pytestmark = pytest.mark.browser
OPEN = ["login", "signup", "password/reset", "password/reset/done", "inactive"]
OWN = [
    "email",
    "password/change",
    "logout",
    "2fa",
    "2fa/totp/activate",
]


@pytest.fixture
def person(transactional_db: None) -> User:
    user = users.account(
        "person@example.com", "a long enough password", roles=["applicant"]
    )
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


@EACH_WIDTH
def test_pages_for_anybody(width: int, visit: Visit) -> None:
    visitor = visit(width=width)
    for path in OPEN:
        page = visitor.go(f"/accounts/{path}/")
        expect(page).to_have_title(re.compile("Innovation Programme – GOV.UK$"))
        visitor.check(f"sign-in/{path.replace('/', '-')}")


@EACH_WIDTH
def test_signing_in_with_the_pages_behind_it(
    width: int, visit: Visit, person: User
) -> None:
    visitor = visit(width=width)
    page = visitor.go("/accounts/login/?next=/accounts/email/")
    page.click("button:text-is('Sign in')")
    expect(page).to_have_title(re.compile("^Error: Sign in"))
    visitor.check("sign-in/login-wrong")
    page.fill("#id_login", "person@example.com")
    page.fill("#id_password", "a long enough password")
    page.click("button:text-is('Sign in')")
    page.wait_for_url("**/accounts/email/")
    for path in OWN:
        page = visitor.go(f"/accounts/{path}/")
        if "reauthenticate" in page.url:
            visitor.check("sign-in/again")
            page.fill("#id_password", "a long enough password")
            page.click("button:text-is('Continue')")
            page.wait_for_url(f"**/accounts/{path}/")
        visitor.check(f"sign-in/{path.replace('/', '-')}")
    if width == PHONE:
        page.click("button:text-is('Menu')")
    page.click("button:text-is('Sign out')")
    page.wait_for_url(visitor.site + "/")
