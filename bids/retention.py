"""Who was writing where, and the steps between two versions of an answer."""

from datetime import datetime

from bids.domain import presence, thinning
from innovation.core import expiry


def _delete_presence(at: datetime) -> None:
    presence.delete_expired(at=at)


def _thin_versions(at: datetime) -> None:
    thinning.thin(at=at)


expiry.register("bids_presence", _delete_presence)
expiry.register("bids_answerversion", _thin_versions)
