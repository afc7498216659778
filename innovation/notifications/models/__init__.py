from innovation.notifications.models.failure import JobFailure
from innovation.notifications.models.letter import Letter, LetterState
from innovation.notifications.models.posted import PostedLetter

__all__ = ["JobFailure", "Letter", "LetterState", "PostedLetter"]
