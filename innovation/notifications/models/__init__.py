from innovation.notifications.models.failure import JobFailure
from innovation.notifications.models.letter import (
    NEEDS_ATTENTION,
    ONE_LETTER,
    OPEN,
    Letter,
    LetterFile,
    LetterState,
)
from innovation.notifications.models.posted_letter import PostedLetter

__all__ = [
    "NEEDS_ATTENTION",
    "ONE_LETTER",
    "OPEN",
    "JobFailure",
    "Letter",
    "LetterFile",
    "LetterState",
    "PostedLetter",
]
