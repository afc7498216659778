"""Sends due letters: lease, look up, send, save the result. If the worker is killed, no
letter is lost, and none is sent twice through a gateway that can look letters up.

The lease is committed before the gateway is called. If it runs out, a worker died and
the letter may have been sent, so its reference is looked up before it is sent again.
Two cases remain: a worker that is paused beyond its lease just before sending, and a
gateway that shows a letter late.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Q, QuerySet

from innovation.core import clock, leases
from innovation.notifications import gateways, letters, rendering
from innovation.notifications.models import OPEN, Letter, LetterState

log = structlog.get_logger(__name__)
MAX_FAILURES = 8
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)
_UNREACHABLE_PAUSE = timedelta(minutes=10)


def is_due(at: datetime) -> Q:
    """Due, or with a lease that ran out. `OPEN` is what the index `letter_open` has."""
    due = Q(state=LetterState.DUE, not_before__lte=at)
    return Q(state__in=OPEN) & (due | Q(state=LetterState.LEASED, lease_until__lt=at))


def deliver(ids: Sequence[int]) -> None:
    for pk in ids:
        _deliver_one(pk)


def sweep(until: datetime) -> int:
    """Send due letters, oldest first, and start none after `until`. Return how many.

    They are read in batches of 100, so that a long queue is not sorted for each letter.
    """
    total = 0
    while ids := list(due_letters()):
        count = sum(clock.now() < until and _deliver_one(pk) for pk in ids)
        if not count:
            break
        total += count
    return total


def due_letters() -> QuerySet[Letter, int]:
    """The ids of the oldest 100."""
    rows = Letter.objects.filter(is_due(clock.now())).order_by("put_at", "id")
    return rows.values_list("pk", flat=True)[:100]


def _deliver_one(pk: int) -> bool:
    """Send one letter. `False` if it is not due or another worker has it."""
    letter = _lease(pk, at=clock.now())
    if letter is None:
        return False
    gateway = gateways.get_gateway()
    try:
        if letter.follows_lost_lease and _needs_no_sending(letter, gateway):
            return True
        _send(letter, gateway)
    except gateways.GatewayUnreachable as error:
        _postpone(letter, _UNREACHABLE_PAUSE, error=str(error))
    except gateways.LetterRefused as error:
        _retry_or_fail(letter, error=str(error))
    except Exception as error:
        # The gateway may have accepted it, so it must not just be sent again.
        log.warning("letter_open", letter=letter.key, error=type(error).__name__)
        if isinstance(gateway, gateways.LookupGateway):
            # The next worker looks it up in the gateway first.
            leases.open_lease(letter).update(last_error=type(error).__name__[:100])
        else:
            _close(letter, LetterState.IN_DOUBT, error=type(error).__name__)
    return True


def _needs_no_sending(letter: Letter, gateway: gateways.Gateway) -> bool:
    """Whether a letter with a lost lease need not be sent: it was accepted already, or
    a person has to decide because that is unknown.
    """
    if not isinstance(gateway, gateways.LookupGateway):
        _close(letter, LetterState.IN_DOUBT, error="worker lost")
    elif gateway.has_letter(letter.reference):
        _close(letter, LetterState.SENT)
    elif letter.failures >= MAX_FAILURES:
        _close(letter, LetterState.IN_DOUBT, error=letter.last_error)
    else:
        return False
    return True


def _lease(pk: int, *, at: datetime) -> Letter | None:
    letters = Letter.objects.select_related("recipient", "chain").filter(
        is_due(at), pk=pk
    )
    return leases.take(
        letters,
        state=LetterState.LEASED,
        lasts=timedelta(seconds=settings.LETTER_LEASE_SECONDS),
        at=at,
        lost_counter="failures",
    )


def _send(letter: Letter, gateway: gateways.Gateway) -> None:
    is_needed = letters.is_still_needed(letter, at=clock.now())
    if not is_needed or not letters.is_allowed_to_recipient(letter):
        _close(letter, LetterState.WITHHELD)
        return
    try:
        letter.title, letter.text = rendering.render_letter(letter)
        letter.files = rendering.render_files(letter)
    except Exception as error:
        # Not sent: the template is missing or broken.
        log.exception("letter_not_worded", letter=letter.key, kind=letter.kind)
        _close(letter, LetterState.FAILED, error=type(error).__name__)
        return
    gateway.send(letter)
    _close(letter, LetterState.SENT)


def _retry_or_fail(letter: Letter, *, error: str) -> None:
    letter.failures += 1
    if letter.failures >= MAX_FAILURES:
        _close(letter, LetterState.FAILED, error=error)
        return
    pause = min(_FIRST_PAUSE * 2 ** (letter.failures - 1), _LONGEST_PAUSE)
    _postpone(letter, pause, error=error)


def _postpone(letter: Letter, pause: timedelta, *, error: str) -> None:
    _close(letter, LetterState.DUE, error=error, not_before=clock.now() + pause)


def _close(
    letter: Letter,
    state: LetterState,
    *,
    error: str = "",
    not_before: datetime | None = None,
) -> None:
    leases.close(
        letter,
        error=error,
        state=state,
        title=letter.title,
        text="" if _holds_sign_in_code(letter, state) else letter.text,
        failures=letter.failures,
        not_before=not_before or letter.not_before,
        sent_at=clock.now() if state == LetterState.SENT else None,
    )


def _holds_sign_in_code(letter: Letter, state: LetterState) -> bool:
    """Codes and links for sign-in are removed from the outbox after sending."""
    return letter.kind == letters.ACCOUNT and state == LetterState.SENT
