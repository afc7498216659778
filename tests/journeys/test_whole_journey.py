"""One case, from an empty expression of interest to a paid and announced grant, by
everybody whose turn it is, in a browser without JavaScript.
"""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.management import call_command

from innovation.core import clock
from innovation.core.formatting import format_date
from tests.browser.fixtures import Visit
from tests.journeys.application_journey import TITLE, ApplicationJourney
from tests.journeys.award_journey import AwardJourney
from tests.journeys.conftest import ActorFactory
from tests.journeys.page_actor import PageActor
from tests.journeys.worker import worker

pytestmark = pytest.mark.browser
HISTORY = """\
Amara Bell sent the expression of interest
Olive Finch asked a question
Amara Bell answered the question
Olive Finch took the expression of interest forward
Olive Finch opened the bid
Olive Finch assigned Carys Hale to the case
Amara Bell sent the bid
Osman Grey assigned Olive Finch to assess the bid
Osman Grey assigned Carys Hale to assess the bid
Olive Finch started to assess the bid
Carys Hale started to assess the bid
Olive Finch scored the bid
Olive Finch finished an assessment
Carys Hale scored the bid
Carys Hale finished an assessment
The bid was assessed
Sol Ingram listed the bid for the Board
Sol Ingram recorded the Board’s advice
Rosa Nunn recorded that the bid was approved
Gwen Quill recorded due diligence: Finance
Gwen Quill recorded due diligence: Fraud risk
Gwen Quill offered the grant
Amara Bell accepted the offer
Gwen Quill started the grant
Gwen Quill planned the payments
Amara Bell asked for instalment 1
Farah Penn released instalment 1
Gwen Quill asked for instalment 2
Farah Penn released instalment 2
Gwen Quill announced the award for {today}"""


def front_page_figures(anybody: PageActor) -> list[int]:
    """The four numbers of the sentence on the front page. Their browser may keep the
    page for a minute, but asks for it when they reload it.
    """
    anybody.go("/")
    anybody.page.reload()
    sentence = anybody.page.locator(".app-sentence").inner_text()
    # Not how many of the projects are made up, which stands in brackets.
    sentence = re.sub(r"\(.*?\)", "", sentence)
    return [
        int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", sentence)
    ]


def wait_for_letter(actor: PageActor, title: str) -> None:
    """A worker is sending it meanwhile, after what other tests left in the broker."""
    for _ in range(500):
        actor.go("/letters/")
        if title in actor.text:
            return
        actor.page.wait_for_timeout(200)
    raise AssertionError(f"no letter “{title}”: {actor.text}")


def make_token(actor: PageActor) -> str:
    actor.go("/api/")
    actor.follow("token")
    actor.follow("Make a token")
    actor.fill("Name", "The journey")
    for box in actor.main.get_by_role("checkbox").all():
        box.check()
    actor.choose("30 days")
    actor.press("Make the token")
    return actor.page.locator("#token").inner_text()


def save_picture(actor: PageActor, path: str, name: str) -> None:
    """The page, with its picture for the README where pictures are asked for."""
    assert actor.go(path) == 200
    actor.visitor.save_document_picture(name)


def get_json(site: str, bearer: str, path: str) -> Any:
    headers = {"Authorization": f"Bearer {bearer}"}
    answer = httpx.get(f"{site}/api/v1/{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_from_an_empty_expression_to_an_announced_and_paid_grant(
    cast: ActorFactory, visit: Visit, site: str, tmp_path: Path
) -> None:
    anybody = PageActor(visit(javascript=False))
    today = clock.london_day(clock.now())
    expressions, bids, projects, councils = front_page_figures(anybody)
    save_picture(anybody, "/?as_at=2015-02-28", "front")
    with worker(tmp_path / "worker.log"):
        asking = ApplicationJourney(cast, today)
        asking.start()
        asking.fill_in()
        save_picture(
            cast("applicant"), f"/apply/expressions/{asking.expression}", "tasks"
        )
        asking.send()
        received = f"We have received your expression of interest {asking.expression}"
        wait_for_letter(cast("applicant"), received)
        assert front_page_figures(anybody) == [
            expressions + 1,
            bids,
            projects,
            councils,
        ]
        asking.clarify()
        asking.take_forward()
        assert front_page_figures(anybody) == [
            expressions + 1,
            bids + 1,
            projects,
            councils,
        ]
        asking.give_to_coach()
        asking.write_bid()
        asking.assign_assessors("second.official", "Olive Finch", "Carys Hale")
        asking.begin_to_assess("official")
        asking.begin_to_assess("coach")
        asking.assess("official", "3")
        asking.assess("coach", "4")
        save_picture(cast("official"), "/cases/", "cases")
        save_picture(cast("official"), f"/cases/{asking.expression}", "case")

        answering = AwardJourney(cast, today, asking.year, asking.bid)
        answering.plan_meeting()
        answering.declare_interest()
        answering.give_view()
        answering.recommend("£350,000")
        assert front_page_figures(anybody) == [
            expressions + 1,
            bids,
            projects,
            councils,
        ]
        answering.approve()
        save_picture(cast("minister"), f"/decisions/{asking.bid}/", "decision")
        answering.record_due_diligence()
        answering.offer()
        answering.accept()
        answering.start()
        answering.plan_payments("£150,000", "£200,000")
        answering.claim()
        answering.release()
        answering.ask_for_payment()
        answering.release()
        wait_for_letter(cast("applicant"), "A payment of £200,000 is on its way")
        assert anybody.go(f"/projects/{answering.award}/") == 404
        answering.announce()

    assert anybody.go(f"/projects/{answering.award}/") == 200
    assert anybody.heading == TITLE
    assert front_page_figures(anybody) == [
        expressions + 1,
        bids,
        projects + 1,
        councils,
    ]
    history = "\n".join(reversed(answering.history())).replace(" (demonstration)", "")
    assert history == HISTORY.format(today=format_date(today))
    bearer = make_token(cast("official"))
    assert get_json(site, bearer, f"expressions/{asking.expression}/")["title"] == TITLE
    assert get_json(site, bearer, f"bids/{asking.bid}/")["state"] == "approved"
    assert get_json(site, bearer, f"awards/{answering.award}/")["title"] == TITLE
    call_command("verify_events", stdout=StringIO())
