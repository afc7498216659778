"""The jobs that have documents scanned."""

from datetime import timedelta

from celery import shared_task

from innovation.core import clock
from innovation.core.jobs import logged, once_per_slot
from innovation.documents import scanning

EVERY = 15  # seconds, as the beat schedule has it


@shared_task
def scan(ids: list[int]) -> None:
    with logged("scan documents", documents=ids):
        scanning.scan(ids)


@shared_task
def sweep() -> None:
    """Finds what a lost message, a lost worker or an absent scanner left behind."""
    at = clock.now()
    if not once_per_slot("documents", EVERY, at=at):
        return
    with logged("sweep documents"):
        scanning.sweep(until=at + timedelta(seconds=EVERY))
        if once_per_slot("lost files", 3600, at=at):
            scanning.throw_away_lost(at=at)
