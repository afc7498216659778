"""Deletes old presence rows and intermediate versions of answers."""

from datetime import datetime

from bids.domain import answer_versions, presence
from innovation.core.expiry import Rule, rules


def _delete_presence(at: datetime) -> None:
    presence.delete_expired(at=at)


def _thin_versions(at: datetime) -> None:
    answer_versions.thin(at=at)


def register() -> None:
    rules.register(
        Rule("bids_presence", _delete_presence),
        Rule("bids_answerversion", _thin_versions),
    )
