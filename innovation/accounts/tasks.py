"""What limits need tidied."""

from celery import shared_task

from innovation.accounts.domain import limits
from innovation.core import clock
from innovation.core.jobs import logged, once_per_slot


@shared_task
def forget_counts() -> None:
    at = clock.now()
    if once_per_slot("forget counts", 60 * 60, at=at):
        with logged("forget counts"):
            limits.forget(before=at)
