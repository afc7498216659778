"""Loads the data of the demonstration that does not exist yet."""

from datetime import datetime

from django.db import transaction

from bids.domain import search_words
from funding.demo_data import (
    current,
    feedback,
    first_round,
    organisations,
    people,
)


def load(*, at: datetime) -> dict[str, bool]:
    """Load all or nothing; return the parts that were created."""
    with transaction.atomic():
        leads = organisations.load(at=at)
        users = people.load(at=at)
        created = {
            "The round of 2014": first_round.load(leads, users),
            "The cases of today": current.load(users, at=at),
            "Feedback on the service": feedback.load(at=at),
        }
        search_words.collect()
        return created
