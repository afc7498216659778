"""The nightly and hourly jobs of the event log."""

from datetime import timedelta

from celery import shared_task

from innovation.audit import checkpoints, figures
from innovation.core import clock, timeouts
from innovation.core.jobs import claim_slot, job_logging


@shared_task
def fold() -> None:
    """Fold the tallies up to two days ago: yesterday's may still be written."""
    at = clock.now()
    if claim_slot("fold figures", 60 * 60, at=at):
        with job_logging("fold figures"), timeouts.use_timeouts(timeouts.LONG):
            figures.fold(before=clock.london_day(at) - timedelta(days=1))


@shared_task
def count() -> None:
    """Record a checkpoint, so that a removed chain is noticed within an hour."""
    at = clock.now()
    if claim_slot("count chains", 60 * 60, at=at):
        with job_logging("count chains"), timeouts.use_timeouts(timeouts.LONG):
            checkpoints.record(at=at)
