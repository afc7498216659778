"""The job that writes which roles have begun or ended, and tells of those that will."""

from celery import shared_task

from innovation.accounts.domain import grants
from innovation.core import clock
from innovation.core.jobs import logged, once_per_slot

EVERY = 60  # seconds, as the beat schedule has it


@shared_task
def follow_roles() -> None:
    at = clock.now()
    if once_per_slot("roles", EVERY, at=at):
        with logged("follow roles"):
            grants.settle(at=at)
            grants.warn(at=at)
