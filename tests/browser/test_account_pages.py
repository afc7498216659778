"""What a person meets on the way in: every page of an account, and its mistakes."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import expect

from innovation.accounts.models import User
from tests.browser.fixtures import EACH_WIDTH, Visit, Visitor
from tests.factories import users

pytestmark = pytest.mark.browser
PASSWORD = "a long enough password"


@pytest.fixture
def person(transactional_db: None) -> User:
    user = users.account(
        "person@example.com", PASSWORD, name="A Person", roles=["applicant"]
    )
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


def check_page(visitor: Visitor, name: str, *, title: str, message: str = "") -> None:
    """Seen, kept, and right in every respect; with the error named at the top, and
    the keyboard there.
    """
    page, page_title = visitor.page, f"{'Error: ' if message else ''}{title} – "
    expect(page).to_have_title(re.compile(f"^{re.escape(page_title)}"))
    assert page.inner_text("h1") == title
    if message:
        assert page.inner_text(".govuk-error-summary__list a") == message
        focus = page.evaluate("document.activeElement.className")
        assert focus == "govuk-error-summary"
    visitor.check(f"account/{name}")


def press(visitor: Visitor, button: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.click(f"button:text-is('{button}')")


def fill(visitor: Visitor, **texts: str) -> None:
    for name, text in texts.items():
        visitor.page.fill(f"#id_{name}", text)


def sign_in(visitor: Visitor, next_url: str = "/home") -> None:
    visitor.go(f"/accounts/login/?next={next_url}")
    fill(visitor, login="person@example.com", password=PASSWORD)
    press(visitor, "Sign in")


def sent_code() -> str:
    [code] = re.findall(r"^[A-Z0-9-]{6,9}$", str(mail.outbox[-1].body), re.MULTILINE)
    return str(code)


@EACH_WIDTH
def test_signing_up_asks_for_a_name_and_for_the_code(width: int, visit: Visit) -> None:
    visitor = visit(width=width)
    page = visitor.go("/accounts/signup/")
    check_page(visitor, "sign-up", title="Create an account")
    fill(visitor, email="new@example.org", password1=PASSWORD)
    press(visitor, "Create account")
    missing = "Enter your full name"
    check_page(visitor, "sign-up-wrong", title="Create an account", message=missing)
    assert page.input_value("#id_email") == "new@example.org"

    fill(visitor, name="New Person", password1="short")
    press(visitor, "Create account")
    assert "at least 10 characters" in page.inner_text(".govuk-error-summary__list a")
    fill(visitor, password1=PASSWORD)
    press(visitor, "Create account")
    check_page(visitor, "code", title="Enter the code we sent you")
    fill(visitor, code="WRONG1")
    press(visitor, "Continue")
    message = "The code is wrong or has expired. Enter it again"
    check_page(
        visitor, "code-wrong", title="Enter the code we sent you", message=message
    )
    press(visitor, "Send another code")
    check_page(visitor, "code-sent-again", title="Enter the code we sent you")
    fill(visitor, code=sent_code())
    press(visitor, "Continue")
    assert page.url == f"{visitor.site}/home"
    assert User.objects.get(email="new@example.org").name == "New Person"


def test_a_wrong_address_is_given_anew(visit: Visit) -> None:
    visitor = visit()
    page = visitor.go("/accounts/signup/")
    for address in ("nwe@example.org", "new@example.org"):
        fill(visitor, name="New Person", email=address, password1=PASSWORD)
        press(visitor, "Create account")
        assert address in page.inner_text("main")
        if address == "nwe@example.org":
            press(visitor, "create the account again")
    fill(visitor, code=sent_code())
    press(visitor, "Continue")
    assert page.url == f"{visitor.site}/home"


@EACH_WIDTH
def test_a_forgotten_password_is_chosen_anew(
    width: int, visit: Visit, person: User
) -> None:
    visitor = visit(width=width)
    page = visitor.go("/accounts/password/reset/")
    check_page(visitor, "reset", title="Reset your password")
    press(visitor, "Send the email")
    missing = "Enter your email address"
    check_page(visitor, "reset-wrong", title="Reset your password", message=missing)
    fill(visitor, email=person.email)
    press(visitor, "Send the email")
    check_page(visitor, "reset-sent", title="Check your email")
    [link] = re.findall(
        r"https?://\S+/password/reset/key/(\S+)", str(mail.outbox[-1].body)
    )

    visitor.go(f"/accounts/password/reset/key/{link}")
    check_page(visitor, "reset-link", title="Choose a new password")
    fill(visitor, password1="another good password", password2="another")
    press(visitor, "Change password")
    different = "You must type the same password each time."
    check_page(
        visitor, "reset-link-wrong", title="Choose a new password", message=different
    )
    fill(visitor, password1="another good password", password2="another good password")
    press(visitor, "Change password")
    check_page(visitor, "reset-done", title="You have changed your password")

    visitor.go(f"/accounts/password/reset/key/{link}")
    check_page(visitor, "reset-link-used", title="This link no longer works")
    expect(page).to_have_title(re.compile("^This link no longer works"))


@EACH_WIDTH
def test_signing_in_after_too_many_tries_is_refused_for_a_while(
    width: int, visit: Visit, person: User
) -> None:
    visitor = visit(width=width)
    page = visitor.go("/accounts/login/")
    check_page(visitor, "sign-in", title="Sign in")
    message = "The email address or password is wrong"
    for _ in range(5):
        fill(visitor, login=person.email, password="wrong")
        press(visitor, "Sign in")
        assert page.inner_text(".govuk-error-summary__list") == message
    visitor.save_picture(f"account/sign-in-wrong-{width}")
    fill(visitor, login=person.email, password=PASSWORD)
    press(visitor, "Sign in")
    assert "Too many attempts" in page.inner_text(".govuk-error-summary__list")
    visitor.check("account/sign-in-locked")


@EACH_WIDTH
def test_asking_for_letters_too_often_is_refused_for_a_while(
    width: int, visit: Visit, person: User
) -> None:
    visitor = visit(width=width)
    for _ in range(4):
        visitor.go("/accounts/password/reset/")
        fill(visitor, email=person.email)
        press(visitor, "Send the email")
    check_page(visitor, "too-often", title="You have tried too many times")


@EACH_WIDTH
def test_password_and_addresses_are_changed(
    width: int, visit: Visit, person: User
) -> None:
    visitor = visit(width=width)
    sign_in(visitor, "/accounts/password/change/")
    page = visitor.page
    check_page(visitor, "password", title="Change your password")
    fill(visitor, oldpassword="wrong", password1="another good password")
    fill(visitor, password2="another good password")
    press(visitor, "Change password")
    message = "Your current password is wrong. Enter it again"
    check_page(visitor, "password-wrong", title="Change your password", message=message)
    fill(visitor, oldpassword=PASSWORD, password1="another good password")
    fill(visitor, password2="another good password")
    press(visitor, "Change password")
    assert "Your password was changed" in page.inner_text("main")
    assert mail.outbox[-1].subject == "Your password was changed"

    visitor.go("/accounts/email/")
    check_page(visitor, "addresses", title="Your email addresses")
    press(visitor, "Add address")
    message = "Enter your email address"
    check_page(
        visitor, "addresses-wrong", title="Your email addresses", message=message
    )
    fill(visitor, email="second@example.org")
    press(visitor, "Add address")
    check_page(visitor, "again", title="Confirm that it is you")
    press(visitor, "Continue")
    message = "Enter your password"
    check_page(visitor, "again-wrong", title="Confirm that it is you", message=message)
    fill(visitor, password="another good password")
    press(visitor, "Continue")
    check_page(visitor, "address-code", title="Enter the code we sent you")
    fill(visitor, code=sent_code())
    press(visitor, "Continue")
    visitor.go("/accounts/email/")
    check_page(visitor, "addresses-two", title="Your email addresses")


@EACH_WIDTH
def test_somebody_signs_out_everywhere(width: int, visit: Visit, person: User) -> None:
    visitor = visit(width=width)
    sign_in(visitor, "/account")
    check_page(visitor, "account", title="Your account")
    visitor.page.click("a:text-is('Sign out everywhere')")
    check_page(visitor, "sign-out-everywhere", title="Sign out everywhere")
    press(visitor, "Sign out everywhere")
    assert "You are signed out everywhere" in visitor.page.inner_text("main")
    visitor.go("/account")
    check_page(visitor, "signed-out-everywhere", title="Sign in")
