"""The connection, the server or the session is killed at random moments of typing and
clicking through an expression of interest.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error

from bids.domain import expressions, standard_questions
from bids.models import AnswerVersion, Expression
from innovation.accounts.models import Standing
from innovation.audit import events
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.notifications.models import Letter
from tests.dates import OPENS_AT
from tests.factories import cases, users
from tests.journeys.interrupted_applicant import FIELDS, InterruptedApplicant
from tests.journeys.server import Server
from tests.narrowing import not_none

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAX_SECONDS_UNSAVED = 5.0
"""Seconds of typing that may be lost where the browser is lost as well."""


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "web.log")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(20_000)
    yield context
    context.close()


def start_draft(
    context: BrowserContext, server: Server, seed: int
) -> InterruptedApplicant:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    with transaction.atomic():
        standard_questions.publish(round, by=events.SERVICE, at=OPENS_AT)
    lead = users.council_organisation()
    user = users.applicant(lead, Standing.AUTHORISER)
    draft = cases.draft(round=round, lead=lead, by=user, complete=False)
    return InterruptedApplicant(context, server, user, draft, Random(seed))


def fill_in_with_failures(applicant: InterruptedApplicant, moments: int) -> None:
    for number in range(1, moments + 1):
        code = applicant.chance.choice(sorted(FIELDS))
        applicant.open(code)
        applicant.cause_failure(code)
        applicant.return_to_page(code)
        if number % 25 == 0:
            sys.stderr.write(
                f"{number} moments, {applicant.worst_seconds:.1f} s at worst\n"
            )
    assert applicant.worst_seconds <= MAX_SECONDS_UNSAVED
    for code, text in applicant.texts.items():
        assert applicant.stored_text(code) == text.strip()
    assert_nothing_twice(applicant.draft)


def assert_nothing_twice(draft: Expression) -> None:
    for code in FIELDS:
        rows = AnswerVersion.objects.filter(expression=draft, code=code)
        texts = [row.raw_input for row in rows.order_by("number")]
        assert all(one != next for one, next in pairwise(texts))
        assert not rows.filter(set_aside=True).exists()
    assert first_fault() is None


def test_eight_moments(context: BrowserContext, server: Server) -> None:
    applicant = start_draft(context, server, seed=8)
    fill_in_with_failures(applicant, 8)


@pytest.mark.soak
def test_two_hundred_moments(context: BrowserContext, server: Server) -> None:
    applicant = start_draft(context, server, seed=200)
    fill_in_with_failures(applicant, 200)


def test_sending_through_a_killed_server_sends_once(
    context: BrowserContext, server: Server
) -> None:
    """Clicked twice, the server killed under it, sent again by the browser, and the
    very request replayed.
    """
    applicant = start_draft(context, server, seed=3)
    draft, user = applicant.draft, applicant.user
    complete_draft(draft, user)
    address = reverse("bids:expression-check", args=[draft.key])
    page, posts = applicant.page, []
    page.on("request", lambda r: posts.append(r) if r.method == "POST" else None)
    page.goto(f"{server.site}{address}")
    tick_all_boxes(page)
    server.kill()
    with suppress(Error):
        page.locator("main form button").click(click_count=2, timeout=3000)
    server.start()
    page.goto(f"{server.site}{address}")
    tick_all_boxes(page)
    page.locator("main form button").dblclick()
    page.wait_for_url("**/sent")
    for post in posts:
        second = context.request.post(
            post.url, data=post.post_data or "", headers=post.headers
        )
        assert second.status in {200, 409}
    assert Expression.objects.get().state == "submitted"
    assert Event.objects.filter(name="expression.submitted").count() == 1
    receipts = Letter.objects.filter(kind="expression_received")
    assert receipts.count() == len({letter.recipient_id for letter in receipts})


def complete_draft(draft: Expression, user: Any) -> None:
    facts = cases.complete_facts(draft.round)
    facts["outcomes"] = [{"description": "Calmer homes", "measure": "Asked"}]
    required_questions = not_none(draft.question_set).questions.filter(required=True)
    answers: dict[str, object] = {
        q.code: "Yes"
        for q in required_questions
        if q.kind in {"long_text", "short_text"}
    }
    answers |= {q.code: True for q in required_questions if q.kind == "declaration"}
    expressions.save(draft, facts=facts, answers=answers, by=user, at=clock.now())


def tick_all_boxes(page: Any) -> None:
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
