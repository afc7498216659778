"""The jobs that carry out batches, and that collect the words of cases for searches."""

from celery import shared_task

from bids.domain import batches, search_texts, search_words
from innovation.core import clock, timeouts
from innovation.core.jobs import claim_slot, job_logging

# Seconds, as in the beat schedule.
WORDS_EVERY = 60 * 60
TEXTS_EVERY = 60
BATCHES_EVERY = 15


@shared_task
def collect_search_words() -> None:
    if claim_slot("collect search words", WORDS_EVERY, at=clock.now()):
        with job_logging("collect search words"), timeouts.use_timeouts(timeouts.LONG):
            search_words.collect()


@shared_task
def collect_search_texts() -> None:
    if claim_slot("collect search texts", TEXTS_EVERY, at=clock.now()):
        with job_logging("collect search texts"), timeouts.use_timeouts(timeouts.LONG):
            search_texts.collect()


@shared_task
def carry_out_batches() -> None:
    """Take the steps of batches whose pause has ended."""
    at = clock.now()
    if claim_slot("carry out batches", BATCHES_EVERY, at=at):
        with job_logging("carry out batches"):
            batches.carry_out_due(at=at)
