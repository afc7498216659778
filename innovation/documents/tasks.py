"""The jobs that scan documents."""

from datetime import timedelta

from celery import shared_task

from innovation.core import clock
from innovation.core.jobs import claim_slot, job_logging
from innovation.documents import scanning

EVERY = 15  # Seconds, as in the beat schedule.


@shared_task
def scan(ids: list[int]) -> None:
    with job_logging("scan documents", documents=ids):
        scanning.scan(ids)


@shared_task
def sweep() -> None:
    """Scan due documents, for example after a lost message or a scanner outage."""
    at = clock.now()
    if not claim_slot("documents", EVERY, at=at):
        return
    with job_logging("sweep documents"):
        scanning.sweep(until=at + timedelta(seconds=EVERY))
        if claim_slot("lost files", 3600, at=at):
            scanning.delete_orphaned_files(at=at)
