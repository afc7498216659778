"""Who was writing where, and the steps between two versions of an answer."""

from datetime import datetime

from bids.domain import presence, thinning
from innovation.core import expiry


def _presence(at: datetime) -> None:
    presence.forget(at=at)


def _steps(at: datetime) -> None:
    thinning.thin(at=at)


expiry.register("bids_presence", _presence)
expiry.register("bids_answerversion", _steps)
