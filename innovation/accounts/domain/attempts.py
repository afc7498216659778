"""How often a password may be tried: by device, then by network, then by account.

Whoever signs in leaves a mark in their browser (`devices`), and their own mistakes are
all that counts against it. From elsewhere a network has a few tries at an account, and
fewer the more the account is tried from all of them. None is ever locked: whoever
guesses is slowed down, and its holder comes in from a known device or another network.

Counted by the address that was typed, whether or not somebody has it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from innovation.accounts.domain import limits
from innovation.accounts.domain.limits import Limit

_STEPS = ((20, limits.FAILURES_WHEN_FEW), (100, limits.FAILURES_WHEN_SEVERAL))
"""Up to so many failures at an account within a day, from all networks together."""


class Origin(NamedTuple):
    """Where an attempt comes from; `device` is empty for a browser not known to it."""

    network: str
    device: str


class Attempt(NamedTuple):
    """What was counted, to be given back where the password is right."""

    uses: tuple[tuple[Limit, str], ...]

    def give_back(self) -> None:
        for limit, whom in self.uses:
            limits.give_back(limit, whom)


def begin(email: str, origin: Origin, *, at: datetime) -> Attempt:
    """Before the password is looked at, so that many at once do not pass together.
    Raises `TooOften`.
    """
    return Attempt(tuple(_count(email.lower(), origin, at)))


def clear_failures(email: str, origin: Origin) -> None:
    """Whoever has chosen a new password by letter may try it here."""
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
    # The pair first: what it refuses is no guess, and slows nobody else down.
    pair = _pair(email, origin)
    limit = _allowance(limits.used_count(limits.FAILURES_AT_ACCOUNT, email, at=at))
    for each, whom in (
        (limit, pair),
        (limits.FAILURES_OF_NETWORK, origin.network),
        (limits.FAILURES_AT_ACCOUNT, email),
    ):
        limits.consume(each, whom, at=at)
        yield each, whom


def _allowance(failures: int) -> Limit:
    """What one network has, by how much the account is tried from all of them."""
    return next(
        (limit for most, limit in _STEPS if failures < most), limits.FAILURES_WHEN_MANY
    )


def _pair(email: str, origin: Origin) -> str:
    return f"{email} {origin.network}"
