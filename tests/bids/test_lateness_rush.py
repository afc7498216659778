"""Many applicants send in the last seconds of a round, and some after it closed.

Through the whole stack, each client in a thread with a connection of its own.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bids.models import Expression, LateAttempt, Round
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.notifications.models import Letter
from tests.audit_events import recorded_changes
from tests.concurrency import run_concurrently
from tests.factories import cases, users

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 16


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """What a client saw: when it sent, when it was answered, and with what."""

    key: str
    sent: datetime
    answered: datetime
    statuses: tuple[int, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedSubmission:
    """One draft, ready to be sent by somebody signed in."""

    key: str
    client: Client
    token: str
    twice: bool

    def send(self) -> SubmissionResult:
        page = reverse("bids:expression-check", args=[self.key])
        form = {"agreed": "on", "submission": self.token}
        sent_at = clock.now()
        answers = [self.client.post(page, form) for _ in range(1 + self.twice)]
        return SubmissionResult(
            self.key,
            sent_at,
            clock.now(),
            tuple(answer.status_code for answer in answers),
            tuple(answer.headers.get("Location", "") for answer in answers),
        )


def prepare_submissions(number: int) -> tuple[Round, list[PreparedSubmission]]:
    """Drafts of as many organisations; every tenth form is sent twice."""
    round = cases.round_()
    results = []
    for place in range(number):
        lead = users.organisation(f"Body {place}")
        draft = cases.draft(round=round, lead=lead)
        client = Client()
        client.force_login(cases.editor_of(draft.lead))
        results.append(
            PreparedSubmission(draft.key, client, f"token-{place}", place % 10 == 0)
        )
    with recorded_changes():
        tomorrow = clock.now() + timedelta(days=1)
        Round.objects.filter(pk=round.pk).update(closes_at=tomorrow)
    return round, results


def submit_around_deadline(
    number: int, seconds: float, after: int
) -> tuple[datetime, list[SubmissionResult]]:
    """One to warm up, then `number` spread over the seconds up to the end, the last
    `after` of them beyond it.
    """
    round, [first, *others] = prepare_submissions(number + 1)
    warm = first.send()
    # On a slow machine longer, or all would come late.
    each = (warm.answered - warm.sent).total_seconds()
    seconds = max(seconds, each * number / 2)
    closes = clock.now() + timedelta(seconds=seconds)
    with recorded_changes():
        Round.objects.filter(pk=round.pk).update(closes_at=closes)
    in_time, too_late = others[: number - after], others[number - after :]
    results: list[SubmissionResult] = []

    def by_client(place: int) -> Callable[[], None]:
        def send() -> None:
            for post in in_time[place::CLIENTS]:
                results.append(post.send())
                # Eagerly at first, so that some surely come in time.
                remaining = (closes - clock.now()).total_seconds()
                time.sleep(max(0, min(seconds / number, remaining)))
            while clock.now() <= closes:
                time.sleep(0.01)
            results.extend(post.send() for post in too_late[place::CLIENTS])

        return send

    outcomes = run_concurrently(
        [by_client(place) for place in range(CLIENTS)], within=300
    )
    assert outcomes == [None] * CLIENTS
    return closes, [*results, warm]


def check_results(
    closes: datetime, results: list[SubmissionResult], number: int
) -> None:
    assert len({one.key for one in results}) == number
    rows = {row.key: row for row in Expression.objects.all()}
    receipts = {each.expression_id: each for each in LateAttempt.objects.all()}
    for one in results:
        assert set(one.statuses) == {302}, one
        assert len(set(one.addresses)) == 1, one
        row = rows[one.key]
        if one.addresses[0].endswith("/sent"):
            assert row.state == "submitted"
            assert row.submitted_at is not None
            assert row.submitted_at <= closes
            assert one.sent <= closes
            assert row.pk not in receipts
        else:
            assert one.addresses[0].endswith("/late")
            assert (row.state, row.submitted_at) == ("draft", None)
            assert receipts[row.pk].at > closes
            assert one.answered > closes
    accepted = [row.key for row in rows.values() if row.state == "submitted"]
    assert accepted
    assert receipts
    assert len(accepted) + len(receipts) == number
    assert event_subjects("expression.submitted") == sorted(accepted)
    letters = Letter.objects.filter(kind="expression_received")
    told_of = letters.values_list("subject_reference", flat=True)
    assert sorted(told_of) == sorted(accepted)
    assert len(event_subjects("expression.came_late")) == len(receipts)
    assert first_fault() is None


def event_subjects(event: str) -> list[str]:
    return sorted(Event.objects.filter(name=event).values_list("subject", flat=True))


def test_each_is_accepted_or_refused_rightly_and_has_its_receipt() -> None:
    closes, results = submit_around_deadline(number=32, seconds=2, after=8)
    check_results(closes, results, 33)


@pytest.mark.soak
def test_so_are_three_hundred_in_the_last_ten_seconds() -> None:
    closes, results = submit_around_deadline(number=300, seconds=10, after=30)
    check_results(closes, results, 301)
