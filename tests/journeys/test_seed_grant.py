"""A seed grant: one official, one approver, paid in one go."""

import pytest

from funding.demo_data import rounds
from innovation.core import clock
from tests.browser.fixtures import Visit
from tests.journeys.application_journey import TITLE, ApplicationJourney, SeedAnswers
from tests.journeys.award_journey import AwardJourney
from tests.journeys.burden import Burden, CountedActor
from tests.journeys.conftest import ActorFactory

pytestmark = pytest.mark.browser


def test_seed_grant_goes_from_one_form_to_one_payment(
    cast: ActorFactory, visit: Visit
) -> None:
    today = clock.london_day(clock.now())
    applicant = CountedActor(visit, Burden())
    applicant.sign_in("applicant")
    asking = ApplicationJourney(lambda part: applicant, today)
    applicant.burden, applicant.typed_words = Burden(), 0
    asking.apply_for_seed(rounds.SEED_ROUND, SeedAnswers("£9,500"))
    assert 3 < applicant.minutes < 5
    assert applicant.burden.repeated == []
    assert applicant.burden.pages == 5
    official = cast("official")
    official.open("Cases")
    official.follow(TITLE)
    official.follow("Take forward")
    official.press("Take forward")
    answering = AwardJourney(cast, today, asking.year, "")
    answering.approve("approver")
    answering.offer()
    answering.accept()
    answering.start()
    answering.plan_payments("£9,500")
    answering.claim()
    answering.release()
    applicant.open("Your grants")
    applicant.follow(TITLE)
    assert "Paid" in applicant.text
