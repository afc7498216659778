"""A request that arrived in time is accepted, however long the queue is."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from bids.models import Expression, LateAttempt, Round
from innovation.core import clock
from tests.audit_events import recorded_changes
from tests.bids.test_lateness_rush import PreparedSubmission, prepare_submissions
from tests.journeys.server import Server
from tests.narrowing import not_none
from tests.server.conftest import StartServer
from tests.server.raw_http import Answer, RawConnection, post

pytestmark = pytest.mark.django_db(transaction=True)
LEFT = timedelta(milliseconds=245)
TRUSTING = {"TRUST_REQUEST_START": "1", "TRUSTED_PROXIES": "1"}


@dataclass
class TimedSubmission:
    """One draft and the line on which it is sent, whole or in two parts."""

    key: str
    line: RawConnection
    data: bytes
    first: datetime | None = None
    last: datetime | None = None

    def send(self, part: bytes | None = None) -> None:
        self.first = clock.now()
        self.line.send(self.data if part is None else part)
        self.last = clock.now()

    @property
    def middle(self) -> int:
        return len(self.data) - 10


def timed_submissions(
    server: Server,
    prepared: Sequence[PreparedSubmission],
    headers: dict[str, str] | None = None,
) -> list[TimedSubmission]:
    submissions = []
    for one in prepared:
        session = one.client.cookies[settings.SESSION_COOKIE_NAME].value
        form = {"agreed": "on", "submission": one.token}
        page = reverse("bids:expression-check", args=[one.key])
        data = post(page, form, session=session, headers=headers)
        submissions.append(TimedSubmission(one.key, RawConnection(server.port), data))
    return submissions


@contextmanager
def block_submissions() -> Iterator[None]:
    """Whoever is sending waits at its first row until this ends: the queue is full."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE core_submission IN EXCLUSIVE MODE")
        yield


def set_closing_time(round: Round, at: datetime) -> datetime:
    with recorded_changes():
        Round.objects.filter(pk=round.pk).update(closes_at=at)
    return at


def sleep_until(moment: datetime) -> None:
    while (remaining := (moment - clock.now()).total_seconds()) > 0:
        time.sleep(remaining)


def accepted_keys(submissions: Sequence[TimedSubmission]) -> set[str]:
    """Whose pages and rows say that they were; the others have a receipt."""
    answers: dict[str, Answer] = {one.key: one.line.answer() for one in submissions}
    assert {answer.status for answer in answers.values()} == {302}
    locations = {key: answer.headers["Location"] for key, answer in answers.items()}
    accepted = {key for key, address in locations.items() if address.endswith("/sent")}
    late_keys = {key for key, address in locations.items() if address.endswith("/late")}
    assert accepted | late_keys == set(answers)
    rows = Expression.objects.filter(key__in=answers)
    assert set(rows.filter(state="submitted").values_list("key", flat=True)) == accepted
    receipts = LateAttempt.objects.filter(expression__key__in=answers)
    assert set(receipts.values_list("expression__key", flat=True)) == late_keys
    return accepted


def full_queue(server: Server, number: int) -> tuple[set[str], set[str], list[str]]:
    """Who was taken of those 245 ms before the end, and of those after it."""
    round, prepared = prepare_submissions(number + 5)
    submissions = timed_submissions(server, prepared)
    in_time, after_end = submissions[:number], submissions[number:]
    with block_submissions():
        for one in in_time:
            one.send()
        end = set_closing_time(round, clock.now() + LEFT)
        sleep_until(end + timedelta(milliseconds=50))
        for one in after_end:
            one.send()
    return (
        accepted_keys(in_time),
        accepted_keys(after_end),
        [one.key for one in in_time],
    )


def test_sixty_whole_posts_just_before_the_end_are_all_taken_and_none_after(
    serve: StartServer,
) -> None:
    in_time, beyond, early = full_queue(serve(workers=2, threads=4), 60)
    assert in_time == set(early)
    assert beyond == set()


def test_without_our_worker_those_that_waited_are_refused(serve: StartServer) -> None:
    """The control: arrival is then when a thread is free."""
    gunicorns = serve("--worker-class", "gthread", workers=2, threads=4)
    in_time, beyond, early = full_queue(gunicorns, 16)
    assert len(in_time) <= 8 < len(early)
    assert beyond == set()


def test_a_time_cannot_be_reserved_with_the_head_of_a_request(
    serve: StartServer,
) -> None:
    server = serve(workers=2, threads=4)
    round, prepared = prepare_submissions(4)
    submissions = timed_submissions(server, prepared)
    for one in submissions:
        one.send(one.data[: one.middle])
    end = set_closing_time(round, clock.now() + LEFT)
    sleep_until(end + timedelta(milliseconds=50))
    for one in submissions:
        one.send(one.data[one.middle :])
    assert accepted_keys(submissions) == set()


@pytest.mark.parametrize(
    ("env", "age", "is_accepted"),
    [
        (TRUSTING, timedelta(seconds=5), True),
        (TRUSTING, timedelta(seconds=-5), False),
        (TRUSTING, timedelta(seconds=90), False),
        ({}, timedelta(seconds=5), False),
    ],
    ids=["trusted", "in the future", "older than any queue", "not trusted"],
)
def test_a_balancers_word_on_the_start_counts_where_it_is_trusted(
    env: dict[str, str], age: timedelta, is_accepted: bool, serve: StartServer
) -> None:
    server = serve(env=env)
    round, prepared = prepare_submissions(1)
    set_closing_time(round, clock.now() - timedelta(seconds=1))
    start = {"X-Request-Start": f"t={(clock.now() - age).timestamp():.3f}"}
    submissions = timed_submissions(server, prepared, start)
    for one in submissions:
        one.send()
    assert bool(accepted_keys(submissions)) is is_accepted


@pytest.mark.soak
def test_of_300_in_the_last_quarter_second_none_is_wrongly_refused_or_taken(
    serve: StartServer,
) -> None:
    server = serve(workers=2, threads=4)
    round, prepared = prepare_submissions(360)
    submissions = timed_submissions(server, prepared)
    # The queue is full before the first of them is sent.
    queue_fillers, submissions = submissions[:20], submissions[20:]
    end = set_closing_time(round, clock.now() + timedelta(seconds=3))
    sleep_until(end - timedelta(milliseconds=400))
    for one in queue_fillers:
        one.send()
    for place, one in enumerate(submissions):
        sleep_until(end + timedelta(milliseconds=250) * (place - 300) / 300)
        one.send()
    accepted = accepted_keys(submissions)
    assert accepted_keys(queue_fillers) == {one.key for one in queue_fillers}
    refused = {one.key for one in submissions if not_none(one.last) <= end} - accepted
    wrongly_accepted = {
        one.key for one in submissions if not_none(one.first) > end
    } & accepted
    assert (refused, wrongly_accepted) == (set(), set())
    assert sum(not_none(one.last) <= end for one in submissions) >= 250
    assert sum(not_none(one.first) > end for one in submissions) >= 20
