"""The job that collects the words of cases, for searches with a typing error."""

from celery import shared_task

from bids.domain import search_words
from innovation.core import clock, timeouts
from innovation.core.jobs import claim_slot, job_logging

EVERY = 60 * 60  # Seconds, as in the beat schedule.


@shared_task
def collect_search_words() -> None:
    if claim_slot("collect search words", EVERY, at=clock.now()):
        with job_logging("collect search words"), timeouts.use_timeouts(timeouts.LONG):
            search_words.collect()
