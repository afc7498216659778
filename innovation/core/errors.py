"""What a domain call raises. Each carries one sentence a person can act on.

A page, an endpoint and a job turn the same error into the same answer: 403 for what
may be seen but not done, 409 for what comes too late, 422 for what cannot be read,
503 for what cannot be done at this moment.
What may not be known of never gets this far: it is not in the reader's scope (404).
"""

from collections.abc import Mapping, Sequence
from typing import Self


class DomainError(Exception):
    """`retry_after`: the seconds after which the same may succeed; 0 where it will not
    by waiting.
    """

    status = 400
    title = "There is a problem"
    retry_after = 0

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


class Unavailable(DomainError):
    """A lock is held or a part of the service is away: see `outages`. Where
    `pages_work` a form can be shown again, with what was typed.
    """

    status = 503
    title = "Sorry, the service is unavailable"

    def __init__(
        self,
        sentence: str,
        *,
        title: str = "",
        retry_after: int,
        pages_work: bool = False,
    ) -> None:
        super().__init__(sentence)
        self.title = title or type(self).title
        self.retry_after = retry_after
        self.pages_work = pages_work


class Invalid(DomainError):
    """Names the fields that are wrong; `None` names the thing as a whole."""

    status = 422

    def __init__(self, problems: Mapping[str | None, Sequence[str]]) -> None:
        self.problems = {field: list(texts) for field, texts in problems.items()}
        super().__init__(" ".join(t for texts in self.problems.values() for t in texts))

    @classmethod
    def field(cls, name: str | None, sentence: str) -> Self:
        return cls({name: [sentence]})


class TooMuch(DomainError):
    """More than the service takes at once."""

    status = 413
    title = "This is too much at once"


class TooOften(DomainError):
    """More of it than one person or address may have in a time; later it goes."""

    status = 429
    title = "You have tried too often"

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
