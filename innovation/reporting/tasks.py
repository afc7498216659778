"""The jobs that build reports."""

from celery import shared_task

from innovation.core import clock
from innovation.core.jobs import claim_slot, job_logging
from innovation.reporting import report_builder, reports


@shared_task
def build(ids: list[int]) -> None:
    for pk in ids:
        with job_logging("build report", report=pk):
            report_builder.build(pk)


@shared_task
def sweep() -> None:
    """Build what a lost message or a lost worker left behind."""
    at = clock.now()
    if not claim_slot("reports", 15, at=at):
        return
    with job_logging("sweep reports"):
        report_builder.sweep()
        if claim_slot("old reports", 3600, at=at):
            reports.delete_expired(at=at)
