"""Send what is due: lease, ask, send, note. Killed anywhere, nothing is lost and
nothing is sent twice by a gateway that can be asked.

A lease is taken and committed before the gateway is spoken to. One that ends unclosed
means that a worker died in between: the letter may have left, so the gateway is asked
for its reference before it is sent. Left open even so: a worker paused beyond its
lease at the very moment before sending, and a gateway that shows a letter late.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Q

from innovation.core import clock, leases
from innovation.notifications import gateways, letters, rendering
from innovation.notifications.models import Letter, LetterState

log = structlog.get_logger(__name__)
MAX_FAILURES = 8
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)
_UNREACHABLE_PAUSE = timedelta(minutes=10)


def is_due(at: datetime) -> Q:
    return Q(state=LetterState.DUE, not_before__lte=at) | Q(
        state=LetterState.LEASED, lease_until__lt=at
    )


def deliver(ids: Sequence[int]) -> None:
    for pk in ids:
        _deliver_one(pk)


def sweep(until: datetime) -> int:
    """Send what is due, oldest first, and start none after `until`; how many.

    Found by the hundred: looked up one at a time, a long queue would be sorted once
    for each letter in it.
    """
    sent = 0
    while ids := _due_ids():
        taken = sum(clock.now() < until and _deliver_one(pk) for pk in ids)
        if not taken:
            break
        sent += taken
    return sent


def _due_ids() -> list[int]:
    found = Letter.objects.filter(is_due(clock.now())).order_by("put_at", "id")
    return list(found.values_list("pk", flat=True)[:100])


def _deliver_one(pk: int) -> bool:
    """False where it is not due, or another worker has it."""
    letter = _lease(pk, at=clock.now())
    if letter is None:
        return False
    gateway = gateways.get_gateway()
    try:
        if letter.follows_lost_lease and _needs_no_sending(letter, gateway):
            return True
        _send(letter, gateway)
    except gateways.GatewayUnreachable as nobody:
        _postpone(letter, _UNREACHABLE_PAUSE, error=str(nobody))
    except gateways.LetterRefused as refused:
        _retry_or_fail(letter, error=str(refused))
    except Exception as error:
        # The gateway may have taken it: never simply send again.
        log.warning("letter_open", letter=letter.key, error=type(error).__name__)
        if gateway.supports_lookup:
            # Whoever takes it when its lease has run out asks the gateway first.
            leases.held(letter).update(last_error=type(error).__name__[:100])
        else:
            _close(letter, LetterState.IN_DOUBT, error=type(error).__name__)
    return True


def _needs_no_sending(letter: Letter, gateway: gateways.Gateway) -> bool:
    """Whether an earlier lease's letter needs no sending: it arrived, or nobody can
    say and a person must.
    """
    if not gateway.supports_lookup:
        _close(letter, LetterState.IN_DOUBT, error="worker lost")
    elif gateway.has_letter(letter.reference):
        _close(letter, LetterState.SENT)
    elif letter.failures >= MAX_FAILURES:
        _close(letter, LetterState.IN_DOUBT, error=letter.last_error)
    else:
        return False
    return True


def _lease(pk: int, *, at: datetime) -> Letter | None:
    due = Letter.objects.select_related("recipient", "chain").filter(is_due(at), pk=pk)
    return leases.take(
        due,
        state=LetterState.LEASED,
        lasts=timedelta(seconds=settings.LETTER_LEASE_SECONDS),
        at=at,
        lost_counter="failures",
    )


def _send(letter: Letter, gateway: gateways.Gateway) -> None:
    if not letters.is_allowed_to_recipient(letter):
        _close(letter, LetterState.WITHHELD)
        return
    try:
        letter.title, letter.text = rendering.render_letter(letter)
    except Exception as error:
        # Nothing has left: the template is missing or broken, and stays so.
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
    """Codes and links to sign in with are in no outbox once they have left it."""
    return letter.kind == letters.ACCOUNT and state == LetterState.SENT
