"""The worker says that it is alive, and forgets what nobody needs any more."""

from celery import shared_task

from innovation.core import clock, expiry
from innovation.core.jobs import claim_slot, job_logging
from innovation.core.models import Heartbeat

EVERY = 3600  # seconds


@shared_task
def heartbeat() -> None:
    """Only a worker can move this row, so its age tells whether one is there."""
    now = clock.now()
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": now})
    if claim_slot("forget", EVERY, at=now):
        with job_logging("forget"):
            expiry.forget_all(now)
