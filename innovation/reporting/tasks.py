"""The jobs that build reports."""

from celery import shared_task

from innovation.core import clock
from innovation.core.jobs import logged, once_per_slot
from innovation.reporting import building, reports


@shared_task
def build(ids: list[int]) -> None:
    for pk in ids:
        with logged("build report", report=pk):
            building.build(pk)


@shared_task
def sweep() -> None:
    """Finds what a lost message or a lost worker left behind."""
    at = clock.now()
    if not once_per_slot("reports", 15, at=at):
        return
    with logged("sweep reports"):
        building.sweep()
        if once_per_slot("old reports", 3600, at=at):
            reports.throw_away_old(at=at)
