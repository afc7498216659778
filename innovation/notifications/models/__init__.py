from innovation.notifications.models.failure import JobFailure
from innovation.notifications.models.letter import (
    NEEDS_ATTENTION,
    OPEN,
    Letter,
    LetterState,
)
from innovation.notifications.models.posted_letter import PostedLetter

__all__ = [
    "NEEDS_ATTENTION",
    "OPEN",
    "JobFailure",
    "Letter",
    "LetterState",
    "PostedLetter",
]
