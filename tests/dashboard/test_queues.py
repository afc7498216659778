"""Each queue of tasks leads to exactly the rows that it counts."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from funding.domain import payments
from funding.models import Award
from innovation.accounts.models import User
from innovation.accounts.roles import ROLES
from innovation.core import clock
from innovation.dashboard.queries import waiting_counts
from innovation.dashboard.queues import QUEUES, Queue, queues_of
from innovation.notifications.models import Letter
from tests.access.factories import key_pair
from tests.access.filled_stage import FilledStage
from tests.access.scenario import Scenario, build_scenario
from tests.dates import MOMENT
from tests.factories import barriers, cases, grants, triage, users

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows_shown(client: Client, queue: Queue) -> int:
    """The rows of the page to which the queue leads, on all its pages."""
    number, address = 0, queue.href
    while address:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert len(queries) <= MOST_QUERIES, address
        assert answer.status_code == 200, address
        context: Any = answer.context
        number += len(context["rows"])
        following = context["pagination"].next_query
        address = following and f"{queue.href.partition('?')[0]}{following}"
    return number


@pytest.fixture
def stage() -> Scenario:
    built = build_scenario()
    filled = FilledStage(built, 3)
    filled.fill_lists()
    paid = grants.requested_payment()
    payments.refuse(paid, reason="No invoice.", by=users.finance(), at=MOMENT)
    grants.variation()
    grants.monitoring_report()
    grants.planned_payment()
    grants.accepted_award()
    grants.approved_bid()
    triage.flag()
    grants.offered_award()
    cases.submitted_bid(round=cases.round_(assessments_needed=2))
    cases.assessed_bid()
    for noun in ("bid to conclude", "import to confirm"):
        key_pair(built, noun, "official")
    barriers.entry(owner=built.people["official"], due_on=MOMENT.date())
    Letter.objects.create(
        kind="x",
        address="x@example.org",
        state="failed",
        not_before=MOMENT,
        put_at=MOMENT,
    )
    return built


def test_every_queue_leads_to_exactly_its_rows(stage: Scenario) -> None:
    filled = set()
    today = clock.london_day(clock.now())
    for role in ROLES:
        user = stage.people[role]
        client = signed_in(user)
        for queue in queues_of(user):
            number = queue.rows_on(user, today).count()
            assert rows_shown(client, queue) == number, (role, queue.name)
            if number:
                filled.add(queue.name)
    assert {queue.name for queue in QUEUES} - filled == set()


def test_nothing_is_counted_in_two_queues_of_one_person(stage: Scenario) -> None:
    today = clock.london_day(clock.now())
    for role in ROLES:
        user = stage.people[role]
        rows = [
            (row._meta.label, row.pk)
            for queue in queues_of(user)
            for row in queue.rows_on(user, today)
        ]
        assert len(rows) == len(set(rows)), role


def test_names_of_queues_are_used_once() -> None:
    assert len({queue.name for queue in QUEUES}) == len(QUEUES)


def test_a_queue_of_another_role_is_not_found(client: Client) -> None:
    client.force_login(users.official())
    for name in ("flags", "bids-to-conclude"):
        assert client.get(f"/home/{name}").status_code == 200
    for name in ("bids-to-decide", "payments-sent-back", "letters", "nothing"):
        assert client.get(f"/home/{name}").status_code == 404
    client.force_login(users.outsider())
    assert client.get("/home/flags").status_code == 404


def test_what_is_late_says_by_how_many_working_days(client: Client) -> None:
    award: Award = grants.planned_payment().award
    due_on = award.payments.get().due_on
    client.force_login(users.grant_manager())
    page = unescape(client.get("/home/payments-to-ask-for").content.decode())
    assert award.title in page
    assert re.search(
        rf"Due on {due_on.day} \w+ {due_on.year}: [\d,]+ working days late", page
    )


def test_a_payment_that_was_sent_back_waits_for_whoever_asks(client: Client) -> None:
    payment = grants.requested_payment()
    manager = users.grant_manager()
    words = "payment that finance sent back"
    assert words not in [item.words for item in waiting_counts(manager, at=MOMENT)]
    payments.refuse(payment, reason="No invoice.", by=users.finance(), at=MOMENT)
    assert words in [item.words for item in waiting_counts(manager, at=MOMENT)]
    client.force_login(manager)
    assert payment.key in client.get("/home/payments-sent-back").content.decode()
