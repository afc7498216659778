"""Queues letters in the outbox, and sends failed ones again."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core import jobs
from innovation.core.errors import NotAllowed, TooLate
from innovation.core.lines import single_line
from innovation.core.registry import Registry
from innovation.core.rows import lock_row
from innovation.notifications.events import NotificationsEvent
from innovation.notifications.models import Letter, LetterState

ACCOUNT = "account"
"""The kind of letters whose text comes from the sign-in pages."""
DELIVER = "innovation.notifications.tasks.deliver"
withholding_rules: Registry[Callable[[Chain], Collection[int]]] = Registry()
"""Rules of the apps: the ids of people who must not get letters about a case."""


@dataclass(frozen=True, slots=True)
class NeedRule:
    """Whether a letter of this kind is still needed when it is about to be sent."""

    kind: str
    is_needed: Callable[[Letter, datetime], bool]


need_rules: Registry[NeedRule] = Registry(key=lambda rule: rule.kind)
"""Rules for letters that somebody may make needless before they are sent."""


def queue(
    kind: str,
    *,
    to: Iterable[User],
    chain: Chain | None,
    subject: str,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    letter_name: str = "",
) -> list[Letter]:
    """Queue a letter to each person, in the transaction of the change it is about.

    `templates/notifications/letters/<kind>.txt` is rendered with `facts`, `subject` and
    `recipient` when the letter is sent. Each person gets it once. People who can no
    longer sign in, or who must not see the case, get none. The database refuses a
    second letter of the same `letter_name` to the same person.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{kind} must be queued inside a transaction")
    people = _without_withheld({u.pk: u for u in to if u.is_active}, chain)
    return _create(
        Letter(
            kind=kind,
            recipient=person,
            chain=chain,
            subject_reference=subject,
            facts=dict(facts or {}),
            deduplication_key=deduplication_key(letter_name, person)
            if letter_name
            else "",
            not_before=at,
            put_at=at,
        )
        for person in people.values()
    )


def deduplication_key(name: str, person: User) -> str:
    """The `deduplication_key` of the letter of this name to this person."""
    return f"{name} {person.pk}"


def queue_written(
    kind: str, *, addresses: Iterable[str], title: str, text: str, at: datetime
) -> list[Letter]:
    """Queue letters that already have a text, such as codes of the sign-in pages."""
    unique_addresses = {address.strip().lower() for address in addresses}
    with transaction.atomic():
        users = {
            user.email: user for user in User.objects.filter(email__in=unique_addresses)
        }
        return _create(
            Letter(
                kind=kind,
                recipient=users.get(address),
                address="" if address in users else address,
                title=single_line(title)[:300],
                text=text,
                not_before=at,
                put_at=at,
            )
            for address in sorted(unique_addresses)
        )


def send_again(letter: Letter, *, by: User, at: datetime) -> Letter:
    """Send a letter again that failed or is in doubt. A letter in doubt may arrive
    twice, so an administrator has to decide.
    """
    if not by.may(Permission.READ_SYSTEM_HEALTH):
        raise NotAllowed("Only an administrator can send a letter again.")
    with transaction.atomic():
        letter = lock_row(letter)
        if not letter.needs_attention:
            raise TooLate("This letter no longer needs to be sent again.")
        letter.state = LetterState.DUE
        letter.not_before = at
        letter.failures = 0
        letter.save(update_fields=["state", "not_before", "failures"])
        if letter.chain is not None:
            events.record_on_chain(
                letter.chain,
                NotificationsEvent.LETTER_SENT_AGAIN,
                subject=letter.key,
                by=by,
                at=at,
            )
        jobs.enqueue(DELIVER, [letter.pk])
    return letter


def is_allowed_to_recipient(letter: Letter) -> bool:
    """Whether the recipient may still read it. They may have left, or may no longer see
    the case, since it was queued.
    """
    person = letter.recipient
    if person is None or letter.chain is None:
        return True
    return person.is_active and bool(
        _without_withheld({person.pk: person}, letter.chain)
    )


def is_still_needed(letter: Letter, *, at: datetime) -> bool:
    rule = need_rules.get(letter.kind)
    return rule is None or rule.is_needed(letter, at)


def _without_withheld(people: dict[int, User], chain: Chain | None) -> dict[int, User]:
    if chain is None or not people:
        return people
    withheld = {pk for rule in withholding_rules for pk in rule(chain)}
    return {pk: person for pk, person in people.items() if pk not in withheld}


def _create(letters: Iterable[Letter]) -> list[Letter]:
    created = Letter.objects.bulk_create(letters)
    if created:
        jobs.enqueue(DELIVER, [letter.pk for letter in created])
    return created
