"""From the front page to an organisation that can send: each page seen and kept."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from innovation.accounts.models import Membership, User
from innovation.core import clock
from innovation.core.money import Money
from innovation.organisations.domain import councils as councils
from tests.browser.fixtures import EACH_WIDTH, Visit, Visitor
from tests.browser.test_account_pages import check_page, fill, press, sent_code
from tests.factories import cases, users
from tests.narrowing import not_none

pytestmark = pytest.mark.browser
ABOUT = {
    "/": "Children’s Social Care Innovation Programme",
    "/who-can-apply": "Who can apply, and what for",
    "/rounds/": "Funding rounds",
    "/accessibility": "Accessibility statement",
    "/cookies": "Cookies",
    "/privacy": "Privacy",
}


@pytest.fixture
def call(transactional_db: None) -> Any:
    councils.load(at=clock.now())
    now = clock.now()
    return cases.round_(
        name="Open call",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=30),
        max_award=Money.pounds(3_000_000),
    )


@pytest.fixture
def applicant(call: Any) -> User:
    user = users.person("applicant", name="New Person")
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


def choose(visitor: Visitor, answer: str) -> None:
    visitor.page.check(f"input[type=radio][value={answer}]")
    press(visitor, "Continue")


@EACH_WIDTH
def test_what_everybody_may_read_is_fit_to_be_read(
    width: int, visit: Visit, call: Any
) -> None:
    visitor = visit(width=width)
    for address, title in ABOUT.items():
        visitor.go(address)
        name = address.strip("/") or "front"
        if address == "/":
            visitor.check(f"account/{name}")
        else:
            check_page(visitor, name, title=title)
    assert visitor.page.context.cookies() == []


@EACH_WIDTH
def test_somebody_checks_first_and_signs_up_with_the_call_kept(
    width: int, visit: Visit, call: Any
) -> None:
    visitor = visit(width=width)
    page = visitor.go("/rounds/")
    page.click("a:has-text('Check if you can apply')")
    title = "What kind of organisation do you work for?"
    check_page(visitor, "check-who", title=title)
    press(visitor, "Continue")
    missing = "Select what kind of organisation you work for"
    check_page(visitor, "check-who-wrong", title=title, message=missing)
    choose(visitor, "person")
    check_page(visitor, "check-no", title="You cannot apply to Open call")
    page.click("a:text-is('Back')")
    check_page(visitor, "check-back", title=title)
    for answer in ("local_authority", "yes", "yes", "within", "later"):
        choose(visitor, answer)
    check_page(visitor, "check-yes", title="You can apply to Open call")
    assert page.context.cookies() == []

    page.click("a:text-is('Create an account')")
    fill(visitor, name="New Person", email="new@example.org")
    fill(visitor, password1="a long enough password")
    press(visitor, "Create account")
    fill(visitor, code=sent_code())
    press(visitor, "Continue")
    check_page(visitor, "start-first", title="First tell us who you work for")
    page.click("a.govuk-button:text-is('Join an organisation')")
    check_page(visitor, "join", title="Join an organisation")
    press(visitor, "Continue")
    missing = "Select who you work for"
    check_page(visitor, "join-wrong", title="Join an organisation", message=missing)
    choose(visitor, "council")
    check_page(visitor, "join-council", title="Join a council")
    press(visitor, "Ask to join")
    missing = "Select your council from the list"
    assert missing in page.inner_text(".govuk-error-summary")
    page.fill("input#id_council", "Bournem")
    page.click("li:has-text('Bournemouth (now ')")
    visitor.save_picture(f"account/join-council-found-{width}")
    fill(visitor, job_title="Manager", how_to_check="Our website names me")
    press(visitor, "Ask to join")
    assert page.url.endswith(f"/apply/start?round={call.key}")
    check_page(visitor, "start-asked", title="Start an expression of interest")
    membership = Membership.objects.get(user__email="new@example.org")
    assert (
        not_none(membership.organisation.council).name
        == "Bournemouth, Christchurch and Poole"
    )


@EACH_WIDTH
def test_an_official_checks_who_asked_and_the_organisation_adds_who_signs(
    width: int, visit: Visit, applicant: User
) -> None:
    visitor = visit(width=width)
    visitor.sign_in(applicant)
    page = visitor.go("/organisations/join/charity")
    press(visitor, "Ask to join")
    visitor.check("account/join-charity-wrong")
    fill(visitor, name="A Made-up Charity", number="12", job_title="Director")
    fill(visitor, how_to_check="The register names me as a trustee")
    page.check("text=Charity Commission for England and Wales")
    press(visitor, "Ask to join")
    message = "A charity number has 6 or 7 digits, like 1234567"
    check_page(visitor, "join-charity-number", title="Join a charity", message=message)
    fill(visitor, number="1 234 567")
    press(visitor, "Ask to join")
    check_page(visitor, "asked", title="Organisations")

    official = visit(width=width)
    official.sign_in(users.official())
    official.go("/organisations/")
    check_page(official, "waiting", title="Organisations")
    official.page.click("main h2 + ul a")
    check_page(official, "who-asked", title="New Person and A Made-up Charity")
    assert "1234567, Charity Commission" in official.page.inner_text("main")
    official.page.click("a:text-is('Refuse')")
    press(official, "Refuse and send the reason")
    missing = "Enter the reason"
    check_page(official, "refuse-wrong", title="Refuse this person", message=missing)
    official.go(f"/memberships/{Membership.objects.get(user=applicant).key}")
    official.page.click("a:text-is('Confirm')")
    check_page(official, "confirm", title="Confirm this person")
    press(official, "Confirm")

    visitor.go("/home")
    assert "A Made-up Charity has no authoriser" in page.inner_text("main")
    page.click("a:text-is('See how to add an authoriser')")
    check_page(visitor, "unsigned", title="A Made-up Charity")
    page.click("a:text-is('Invite that person')")
    fill(visitor, name="A Trustee", email="trustee@example.org")
    page.check("input[value=authoriser]")
    press(visitor, "Invite")
    missing = "Select which post they hold"
    check_page(visitor, "invite-wrong", title="Invite a colleague", message=missing)
    page.check("input[value=trustee]")
    press(visitor, "Invite")
    check_page(visitor, "invited", title="A Made-up Charity")
    assert "You cannot send anything yet" in page.inner_text("main")
    assert "trustee@example.org" in page.inner_text("main")
    page.click("a:has-text('Take back')")
    check_page(visitor, "invitation-take-back", title="Take this invitation back")

    trustee = users.person("applicant", email="trustee@example.org")
    EmailAddress.objects.create(user=trustee, email=trustee.email, verified=True)
    colleague = visit(width=width)
    colleague.sign_in(trustee)
    colleague.go("/organisations/")
    check_page(colleague, "invited-to-join", title="Organisations")
    colleague.page.click("a:has-text('Accept')")
    check_page(colleague, "invitation-accept", title="Accept this invitation")
    press(colleague, "Accept")
    check_page(colleague, "signed-for", title="A Made-up Charity")
    assert "You cannot send anything yet" not in colleague.page.inner_text("main")


def test_without_scripts_somebody_checks_whether_they_can_apply(
    visit: Visit, call: Any
) -> None:
    visitor = visit(javascript=False)
    page = visitor.go(f"/rounds/{call.key}/check")
    for answer in ("charity", "yes", "yes", "more"):
        page.check(f"input[type=radio][value={answer}]")
        page.click("button:text-is('Continue')")
    assert page.inner_text("h1") == "You cannot apply to Open call"
    assert "Awards in this round are £3,000,000 or less." in page.inner_text("main")
    visitor.save_picture("account/check-no-plain-1280")


def test_without_scripts_the_council_is_in_a_plain_list(
    visit: Visit, applicant: User
) -> None:
    visitor = visit(javascript=False)
    visitor.sign_in(applicant)
    page = visitor.go("/organisations/join/council")
    visitor.save_picture("account/join-council-plain-1280")
    label = "Cumbria (now Westmorland and Furness)"
    page.select_option("#id_council", label=label)
    page.fill("#id_job_title", "Manager")
    page.fill("#id_how_to_check", "Our website names me")
    page.click("button:text-is('Ask to join')")
    page.wait_for_url("**/organisations/")
    membership = Membership.objects.get(user=applicant)
    assert not_none(membership.organisation.council).name == "Westmorland and Furness"
