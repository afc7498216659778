"""A council officer’s whole path: from the round’s page to “your expression of interest
was sent”, with a director who is invited to sign it.
"""

import pytest
from django.core import mail

from bids.models import Round
from funding.demo_data import rounds
from innovation.core import clock
from innovation.notifications.models import Letter
from innovation.notifications.rendering import render_letter
from tests.browser.fixtures import Visit
from tests.journeys.application_journey import TITLE, ApplicationJourney
from tests.journeys.burden import Burden, CountedActor
from tests.journeys.conftest import ActorFactory
from tests.journeys.page_actor import PageActor

pytestmark = pytest.mark.browser
OFFICER, DIRECTOR = "kim.okoro@northmoor.example", "dana.lee@northmoor.example"
PASSWORD, DIRECTORS_PASSWORD = "three random words here", "four other random words"


def letters_to(address: str) -> list[str]:
    """The titles of the letters that somebody gets."""
    written = [str(one.subject) for one in mail.outbox if address in one.to]
    queued = Letter.objects.filter(recipient__email=address, text="").order_by("pk")
    return written + [render_letter(letter)[0] for letter in queued]


def join_as_officer(officer: CountedActor, official: PageActor) -> None:
    """Sign up, ask to join, and start to write before anybody has confirmed it."""
    call = Round.objects.get(name=rounds.OPEN_ROUND)
    officer.go(f"/rounds/{call.key}")
    officer.follow("Start an expression of interest")
    officer.follow("create an account")
    officer.fill("Full name", "Kim Okoro")
    officer.fill("Email address", OFFICER)
    officer.fill("Password", PASSWORD)
    officer.press("Create account")
    code = officer.main.locator(".govuk-inset-text strong")
    officer.fill("Code", code.inner_text())
    officer.press("Continue")
    officer.follow("Join an organisation")
    officer.choose("A council")
    officer.press("Continue")
    officer.pick("Which council?", "Kent")
    officer.fill("Your job title", "Head of strategy")
    officer.fill("How can we check that you work there?", "Our website names me.")
    officer.press("Ask to join")
    assert officer.heading == "Start an expression of interest"
    assert official.go("/organisations/") == 200
    official.follow("Kim Okoro")
    official.follow("Confirm")
    official.press("Confirm")


def invite_director(officer: CountedActor) -> str:
    """Ask for a signature; the path of the link that the demonstration shows."""
    officer.follow("Sign-off")
    officer.follow("Ask for sign-off")
    officer.choose("Somebody else: invite them by email")
    officer.fill("Full name", "Dana Lee")
    officer.fill("Email address", DIRECTOR)
    officer.choose("Director of children’s services")
    officer.press("Ask for sign-off")
    assert "they have not joined yet" in officer.text
    link = officer.main.get_by_role("link", name="Open the invitation of Dana Lee")
    href = link.get_attribute("href") or ""
    return href[href.index("/invited/") :]


def sign_as_director(director: CountedActor, link: str) -> None:
    director.go(link)
    assert "Kim Okoro has invited you" in director.text
    assert TITLE in director.text
    director.fill("Password", DIRECTORS_PASSWORD)
    director.press("Join")
    director.page.get_by_role("checkbox").check()
    director.press("Sign it off")
    assert "Signed by Dana Lee, Director of children’s services" in director.text


def test_from_the_round_to_what_was_sent_with_an_invited_director(
    cast: ActorFactory, visit: Visit
) -> None:
    burden = Burden()
    officer = CountedActor(visit, burden)
    join_as_officer(officer, cast("official"))
    officer.fill("What is the idea called?", TITLE)
    officer.press("Continue")
    expression = officer.path.rpartition("/")[2]
    asking = ApplicationJourney(lambda part: officer, clock.london_day(clock.now()))
    asking.fill_in()
    link = invite_director(officer)
    director = CountedActor(visit, burden)
    sign_as_director(director, link)
    officer.go(f"/apply/expressions/{expression}")
    officer.follow("Check and send")
    officer.choose("The lead organisation agrees to send this")
    officer.press("Send")
    assert officer.heading == "Expression of interest sent"

    assert letters_to(OFFICER) == [
        "Your code to confirm your email address",
        "You now belong to your organisation",
        f"{expression} is signed off",
        f"We have received your expression of interest {expression}",
    ]
    assert letters_to(DIRECTOR) == [
        f"You are asked to sign off {expression}",
        f"We have received your expression of interest {expression}",
    ]
    assert burden.repeated == []
    assert burden.pages == 36
