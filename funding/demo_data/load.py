"""Loads the data of the demonstration that does not exist yet."""

from datetime import datetime

from django.db import transaction

from bids.domain import search_texts, search_words
from funding.demo_data import (
    current,
    feedback,
    first_round,
    organisations,
    people,
)
from innovation.core.clock import LONDON


def load(*, at: datetime) -> dict[str, bool]:
    """Load all or nothing; return the parts that were created."""
    # Days before and after are counted on London’s clock: an hour before midnight in
    # winter is the next day in summer.
    at = at.astimezone(LONDON)
    with transaction.atomic():
        leads = organisations.load(at=at - people.JOINED)
        users = people.load(at=at)
        created = {
            "The round of 2014": first_round.load(leads, users),
            "The cases of today": current.load(users, at=at),
            "Feedback on the service": feedback.load(at=at),
        }
        search_words.collect()
        search_texts.collect()
        return created
