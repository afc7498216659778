"""The jobs that send letters, and that queue reminders."""

from datetime import timedelta

from celery import shared_task

from innovation.core import clock
from innovation.core.jobs import claim_slot, job_logging
from innovation.notifications import delivery, reminders

EVERY = 15  # Seconds, as in the beat schedule.
REMINDERS_EVERY = 600


@shared_task
def deliver(ids: list[int]) -> None:
    with job_logging("deliver letters", letters=ids):
        delivery.deliver(ids)


@shared_task
def sweep() -> None:
    """Send due letters whose message or worker was lost."""
    at = clock.now()
    if claim_slot("letters", EVERY, at=at):
        with job_logging("sweep letters"):
            delivery.sweep(until=at + timedelta(seconds=EVERY))


@shared_task
def remind() -> None:
    """Queue the reminders that have become due."""
    at = clock.now()
    if claim_slot("reminders", REMINDERS_EVERY, at=at):
        with job_logging("queue reminders"):
            reminders.queue_due(at=at)
