"""The job that applies roles that have begun or ended, and warns of their end."""

from celery import shared_task

from innovation.accounts.domain import role_grants
from innovation.core import clock
from innovation.core.jobs import claim_slot, job_logging

EVERY = 60  # Seconds, as in the beat schedule.


@shared_task
def follow_roles() -> None:
    at = clock.now()
    if claim_slot("roles", EVERY, at=at):
        with job_logging("follow roles"):
            role_grants.apply_due_changes(at=at)
            role_grants.warn_of_ends(at=at)
