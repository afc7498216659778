"""What the event log needs done at night, and every hour."""

from datetime import timedelta

from celery import shared_task

from innovation.audit import checkpoints, figures
from innovation.core import clock, timeouts
from innovation.core.jobs import claim_slot, job_logging


@shared_task
def fold() -> None:
    """Days two and more ago: yesterday's last transactions may still be open."""
    at = clock.now()
    if claim_slot("fold figures", 60 * 60, at=at):
        with job_logging("fold figures"), timeouts.use_timeouts(timeouts.LONG):
            figures.fold(before=clock.london_day(at) - timedelta(days=1))


@shared_task
def count() -> None:
    """An hour is how long a chain can be removed for without a word of it."""
    at = clock.now()
    if claim_slot("count chains", 60 * 60, at=at):
        with job_logging("count chains"), timeouts.use_timeouts(timeouts.LONG):
            checkpoints.record(at=at)
