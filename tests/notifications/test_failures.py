"""A job that fails leaves a row for the page: its name and place, nobody's words."""

import pytest
from celery import shared_task

from innovation.notifications.models import JobFailure

pytestmark = pytest.mark.django_db


@shared_task(name="tests.falls_over")
def failing_task() -> None:
    raise ValueError("somebody@example.org typed this")


def test_a_failing_job_leaves_a_row_without_what_was_typed() -> None:
    failing_task.apply()
    failure = JobFailure.objects.get()
    assert (failure.job, failure.error) == ("tests.falls_over", "ValueError")
    assert failure.place.startswith("tests/notifications/test_failures.py:")
    assert "somebody" not in str(failure.__dict__)
