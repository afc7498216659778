from innovation.notifications.models.failure import JobFailure
from innovation.notifications.models.letter import TROUBLED, Letter, LetterState
from innovation.notifications.models.posted import PostedLetter

__all__ = ["TROUBLED", "JobFailure", "Letter", "LetterState", "PostedLetter"]
