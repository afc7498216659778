"""The errors of a domain call. Each has one sentence that a person can act on.

Pages, endpoints and jobs answer alike: 403 for what the user may see but not do, 409
for what is too late, 422 for invalid input, 503 for what cannot be done at the moment.
What is outside the user's scope never gets this far: it is a 404.
"""

from collections.abc import Mapping, Sequence
from typing import Self


class DomainError(Exception):
    """`retry_after`: seconds to wait before a retry; 0 if waiting will not help."""

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
    """A lock is held or a part of the service is down: see `outages`. If `pages_work`,
    the form can be shown again with what was typed.
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
    """The problems of each field; those under `None` are about the whole object."""

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
    """One person or address has reached a limit for a period of time."""

    status = 429
    title = "You have tried too many times"

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
