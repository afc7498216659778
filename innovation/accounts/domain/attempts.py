"""Limits on password attempts: by device, then by network, then by account.

On a known device (`devices`) only the attempts from it count. From elsewhere, each
network has a few attempts at an account, and fewer the more the account is tried from
all networks. No account is ever locked: guessing is slowed down, and the holder can
sign in from a known device or another network.

Attempts are counted by the address typed, whether or not it has an account.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from innovation.accounts.domain import limits
from innovation.accounts.domain.limits import Limit

_STEPS = ((20, limits.FAILURES_WHEN_FEW), (100, limits.FAILURES_WHEN_SEVERAL))
"""The limit below each number of failures at an account within a day."""


class Origin(NamedTuple):
    """Where an attempt comes from; `device` is empty for an unknown browser."""

    network: str
    device: str


class Attempt(NamedTuple):
    """The counts of an attempt, which are given back if the password is right."""

    uses: tuple[tuple[Limit, str], ...]

    def give_back(self) -> None:
        for limit, subject in self.uses:
            limits.give_back(limit, subject)


def begin(email: str, origin: Origin, *, at: datetime) -> Attempt:
    """Count an attempt before the password is checked, so that simultaneous ones cannot
    pass the limit. Raise `TooOften`.
    """
    return Attempt(tuple(_count(email.lower(), origin, at)))


def clear_failures(email: str, origin: Origin) -> None:
    """Reset the counts for somebody who has chosen a new password by letter."""
    for limit in (
        limits.FAILURES_WHEN_FEW,
        limits.FAILURES_WHEN_SEVERAL,
        limits.FAILURES_WHEN_MANY,
    ):
        limits.clear(limit, _pair(email.lower(), origin))


def _count(email: str, origin: Origin, at: datetime) -> Iterator[tuple[Limit, str]]:
    if origin.device:
        limits.consume(limits.ATTEMPTS_OF_DEVICE, origin.device, at=at)
        yield limits.ATTEMPTS_OF_DEVICE, origin.device
        return
    limits.consume(limits.ATTEMPTS_OF_NETWORK, origin.network, at=at)
    # The pair first: an attempt that it refuses does not count for the account.
    pair = _pair(email, origin)
    limit = _allowance(limits.used_count(limits.FAILURES_AT_ACCOUNT, email, at=at))
    for quota, subject in (
        (limit, pair),
        (limits.FAILURES_OF_NETWORK, origin.network),
        (limits.FAILURES_AT_ACCOUNT, email),
    ):
        limits.consume(quota, subject, at=at)
        yield quota, subject


def _allowance(failures: int) -> Limit:
    """The limit of a network, by the failures at the account from all networks."""
    return next(
        (limit for max_failures, limit in _STEPS if failures < max_failures),
        limits.FAILURES_WHEN_MANY,
    )


def _pair(email: str, origin: Origin) -> str:
    return f"{email} {origin.network}"
