"""The jobs that send letters."""

from datetime import timedelta

from celery import shared_task

from innovation.core import clock
from innovation.core.jobs import claim_slot, job_logging
from innovation.notifications import delivery

EVERY = 15  # Seconds, as in the beat schedule.


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
