"""What a domain call raises. Each carries one sentence a person can act on.

A page, an endpoint and a job turn the same error into the same answer: 403 for what
may be seen but not done, 409 for what comes too late, 422 for what cannot be read.
What may not be known of never gets this far: it is not in the reader's scope (404).
"""

from collections.abc import Mapping, Sequence
from typing import Self


class DomainError(Exception):
    status = 400
    title = "There is a problem"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(DomainError):
    status = 403
    title = "You cannot do this"


class TooLate(DomainError):
    """The case has moved on, or the time has passed."""

    status = 409
    title = "This can no longer be done"


class Invalid(DomainError):
    """Names the fields that are wrong; `None` names the thing as a whole."""

    status = 422

    def __init__(self, problems: Mapping[str | None, Sequence[str]]) -> None:
        self.problems = {field: list(texts) for field, texts in problems.items()}
        super().__init__(" ".join(t for texts in self.problems.values() for t in texts))

    @classmethod
    def field(cls, name: str | None, sentence: str) -> Self:
        return cls({name: [sentence]})


class TooOften(Invalid):
    """Done too many times of late. A form shows it and keeps what was typed."""

    status = 429
    title = "You have tried too often"
