import uuid

import pytest
from django.db import transaction

from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import NotAllowed, TooLate
from innovation.notifications import letters
from innovation.notifications.models import Letter, LetterState
from tests.notifications.conftest import QUEUED_AT


def queue_letters(*people: User) -> list[Letter]:
    with transaction.atomic():
        return letters.queue(
            "account", to=people, chain=people[0].chain, subject="EOI-1", at=QUEUED_AT
        )


def test_each_person_gets_one_letter(reader: User, outsider: User) -> None:
    queue_letters(reader, reader, outsider)
    letters_queued = Letter.objects.order_by("id").values_list(
        "recipient__email", "state"
    )
    assert list(letters_queued) == [
        ("reader@example.org", LetterState.DUE),
        ("outsider@example.org", LetterState.DUE),
    ]


def test_a_closed_account_gets_no_letter(reader: User) -> None:
    reader.is_active = False
    assert queue_letters(reader) == []


def test_a_letter_cannot_be_queued_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        letters.queue("account", to=[], chain=None, subject="EOI-1", at=QUEUED_AT)


def test_each_letter_has_its_own_reference(reader: User, outsider: User) -> None:
    one, other = queue_letters(reader, outsider)
    assert isinstance(one.reference, uuid.UUID)
    assert one.reference != other.reference


def test_a_written_letter_finds_its_recipient_by_address(reader: User) -> None:
    letters.queue_written(
        "account",
        addresses=["Reader@Example.org", "new@example.org"],
        title="Your code",
        text="123456",
        at=QUEUED_AT,
    )
    letters_queued = Letter.objects.order_by("id").values_list(
        "recipient__email", "address"
    )
    assert list(letters_queued) == [
        (None, "new@example.org"),
        ("reader@example.org", ""),
    ]


@pytest.mark.parametrize("state", [LetterState.FAILED, LetterState.IN_DOUBT])
def test_an_administrator_sends_a_letter_again(
    reader: User, administrator: User, state: LetterState
) -> None:
    (letter,) = queue_letters(reader)
    Letter.objects.update(state=state)
    letters.send_again(letter, by=administrator, at=QUEUED_AT)
    letter.refresh_from_db()
    assert letter.state == LetterState.DUE
    event = Event.objects.get(name="letter.sent_again")
    assert (event.subject, event.actor) == (letter.key, administrator.key)


@pytest.mark.parametrize(
    "state", [LetterState.DUE, LetterState.LEASED, LetterState.SENT]
)
def test_a_letter_that_is_due_leased_or_sent_cannot_be_sent_again(
    reader: User, administrator: User, state: LetterState
) -> None:
    (letter,) = queue_letters(reader)
    Letter.objects.update(
        state=state,
        sent_at=QUEUED_AT if state == LetterState.SENT else None,
        lease_until=QUEUED_AT if state == LetterState.LEASED else None,
    )
    with pytest.raises(TooLate):
        letters.send_again(letter, by=administrator, at=QUEUED_AT)


def test_nobody_else_sends_a_letter_again(reader: User) -> None:
    (letter,) = queue_letters(reader)
    Letter.objects.update(state=LetterState.FAILED)
    with pytest.raises(NotAllowed):
        letters.send_again(letter, by=reader, at=QUEUED_AT)
