"""The worker's heartbeat, and the hourly deletion of old rows."""

from celery import shared_task

from innovation.core import clock, expiry
from innovation.core.jobs import claim_slot, job_logging
from innovation.core.models import Heartbeat

EVERY = 3600  # seconds


@shared_task
def heartbeat() -> None:
    """Update the row whose age shows whether a worker is running."""
    now = clock.now()
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": now})
    if claim_slot("forget", EVERY, at=now):
        with job_logging("forget"):
            expiry.forget_all(now)
