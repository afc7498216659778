"""One worker at a time works on a row. Letters are the example."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Q

from innovation.core import leases
from innovation.notifications.models import Letter, LetterState
from tests.concurrency import run_concurrently
from tests.dates import MOMENT

MINUTE = timedelta(minutes=1)
LATER = MOMENT + 2 * MINUTE
pytestmark = pytest.mark.django_db


def due_letter() -> Letter:
    return Letter.objects.create(
        kind="test", address="reader@example.org", put_at=MOMENT, not_before=MOMENT
    )


def take(at: datetime = MOMENT) -> Letter | None:
    due = Letter.objects.filter(Q(state=LetterState.DUE) | Q(lease_until__lt=at))
    return leases.take(
        due, state=LetterState.LEASED, lasts=MINUTE, at=at, lost_counter="failures"
    )


def take_letter(at: datetime = MOMENT) -> Letter:
    letter = take(at)
    assert letter is not None
    return letter


def test_a_row_is_leased_and_the_lease_closed() -> None:
    due_letter()
    letter = take_letter()
    assert (letter.state, letter.attempts) == (LetterState.LEASED, 1)
    assert letter.lease_until == MOMENT + MINUTE
    assert not letter.follows_lost_lease
    assert take() is None
    assert leases.close(letter, error="x" * 200, state=LetterState.FAILED)
    closed = Letter.objects.get(pk=letter.pk)
    assert (closed.state, closed.lease_until) == (LetterState.FAILED, None)
    assert closed.last_error == "x" * 100


def test_a_lost_lease_is_known_and_counted() -> None:
    due_letter()
    take_letter()
    after = take_letter(LATER)
    assert after.follows_lost_lease
    assert (after.attempts, after.failures) == (2, 1)


def test_an_extended_lease_is_not_lost() -> None:
    due_letter()
    leases.extend(take_letter(), lasts=MINUTE, at=LATER)
    assert take(LATER) is None


def test_a_late_worker_neither_extends_nor_closes_the_next_ones_lease() -> None:
    due_letter()
    expired, current = take_letter(), take_letter(LATER)
    with pytest.raises(leases.LeaseLost):
        leases.extend(expired, lasts=MINUTE, at=LATER)
    assert not leases.close(expired, state=LetterState.FAILED)
    assert leases.close(current, state=LetterState.DUE)
    assert not leases.close(current, state=LetterState.FAILED)
    current.refresh_from_db()
    assert current.state == LetterState.DUE


@pytest.mark.django_db(transaction=True)
def test_of_workers_at_once_one_has_the_row_and_none_waits_for_it() -> None:
    due_letter()
    leased = run_concurrently([take] * 6)
    assert Counter(type(each) for each in leased) == {Letter: 1, type(None): 5}
    with transaction.atomic():
        Letter.objects.select_for_update().get()
        assert run_concurrently([partial(take, LATER)], within=5) == [None]


@pytest.mark.django_db(transaction=True)
def test_closing_late_and_taking_over_at_once_never_both_succeed() -> None:
    for _ in range(20):
        due_letter()
        expired = take_letter()
        closed, following = run_concurrently(
            [
                partial(leases.close, expired, state=LetterState.FAILED),
                partial(take, LATER),
            ]
        )
        assert closed is (following is None)
        if following:
            leases.close(following, state=LetterState.FAILED)
