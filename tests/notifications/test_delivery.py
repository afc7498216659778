import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.core.mail import send_mail
from django.db import connection, transaction
from pytest_django import Settings

from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.notifications import delivery, letters
from innovation.notifications.models import Letter, LetterState, PostedLetter
from tests.notifications.conftest import QUEUED_AT, expire_lease

ChooseGateway = Callable[[str], None]


def queue_letter(person: User, kind: str = "account") -> Letter:
    with transaction.atomic():
        (letter,) = letters.queue(
            kind, to=[person], chain=None, subject="EOI-1", at=QUEUED_AT, facts={}
        )
    return letter


def queue_written_letter(address: str = "reader@example.org") -> Letter:
    (letter,) = letters.queue_written(
        "account", addresses=[address], title="Your code", text="1 < 2\n", at=QUEUED_AT
    )
    return letter


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


def test_a_due_letter_is_sent_once(reader: User) -> None:
    letter = queue_written_letter()
    delivery.deliver([letter.pk, letter.pk])
    delivery.deliver([letter.pk])
    assert state(letter) == LetterState.SENT
    posted = PostedLetter.objects.get()
    assert posted.reference == letter.reference
    assert (posted.address, posted.title, posted.text) == (
        "reader@example.org",
        "Your code",
        "1 < 2\n",
    )


def test_a_letter_about_a_case_is_not_sent_to_a_closed_account(reader: User) -> None:
    chain = events.open_chain(Chain.Kind.SERVICE)
    with transaction.atomic():
        (letter,) = letters.queue(
            "message_to_department", to=[reader], chain=chain, subject="E", at=QUEUED_AT
        )
    own = queue_written_letter(reader.email)
    User.objects.update(is_active=False)
    delivery.deliver([letter.pk, own.pk])
    assert state(letter) == LetterState.WITHHELD
    assert state(own) == LetterState.SENT


def test_the_sweep_sends_letters_whose_message_was_lost(reader: User) -> None:
    queue_written_letter()
    queue_written_letter("other@example.org")
    end = datetime.now(tz=UTC) + timedelta(seconds=20)
    assert delivery.sweep(until=end) == 2
    assert Letter.objects.filter(state=LetterState.SENT).count() == 2


def test_due_letters_are_read_from_their_index_whatever_was_sent(
    reader: User,
) -> None:
    with connection.cursor() as cursor:
        # So few letters would be read and sorted.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = delivery.due_letters().explain()
    assert "Index Scan using letter_open" in plan
    assert "Sort" not in plan


def test_a_letter_is_not_sent_before_its_time(reader: User) -> None:
    letter = queue_written_letter()
    later = datetime.now(tz=UTC) + timedelta(hours=1)
    Letter.objects.update(not_before=later)
    delivery.deliver([letter.pk])
    assert state(letter) == LetterState.DUE


def test_another_worker_leaves_a_leased_letter_alone(reader: User) -> None:
    letter = queue_written_letter()
    Letter.objects.update(
        state=LetterState.LEASED,
        attempts=1,
        lease_until=datetime.now(tz=UTC) + timedelta(minutes=1),
    )
    delivery.deliver([letter.pk])
    assert not PostedLetter.objects.exists()


def test_after_a_lost_worker_a_letter_that_arrived_is_not_sent_again(
    reader: User, gateway: ChooseGateway
) -> None:
    gateway("BreaksAfterAccepting")
    letter = queue_written_letter()
    delivery.deliver([letter.pk])
    assert (state(letter), letter.last_error) == ("leased", "ConnectionResetError")
    expire_lease(letter)
    delivery.deliver([letter.pk])
    assert state(letter) == LetterState.SENT
    assert PostedLetter.objects.count() == 1


def test_after_a_lost_worker_a_letter_that_did_not_arrive_is_sent(
    reader: User, gateway: ChooseGateway
) -> None:
    gateway("BreaksBeforeAccepting")
    letter = queue_written_letter()
    delivery.deliver([letter.pk])
    gateway("SlowPostbox")
    expire_lease(letter)
    delivery.deliver([letter.pk])
    assert state(letter) == LetterState.SENT
    assert PostedLetter.objects.count() == 1


def test_a_gateway_that_always_breaks_leaves_the_letter_in_doubt(
    reader: User, gateway: ChooseGateway
) -> None:
    gateway("BreaksBeforeAccepting")
    letter = queue_written_letter()
    for _ in range(delivery.MAX_FAILURES + 1):
        delivery.deliver([letter.pk])
        expire_lease(letter) if state(letter) == "leased" else None
    assert state(letter) == LetterState.IN_DOUBT


def test_a_letter_is_in_doubt_after_an_error_of_a_gateway_without_lookup(
    reader: User, gateway: ChooseGateway
) -> None:
    gateway("SilentGateway")
    letter = queue_written_letter()
    delivery.deliver([letter.pk])
    delivery.deliver([letter.pk])
    assert (state(letter), letter.last_error) == ("in_doubt", "TimeoutError")
    assert PostedLetter.objects.count() == 1


def test_a_letter_leased_by_a_lost_worker_is_in_doubt_without_lookup(
    reader: User, gateway: ChooseGateway
) -> None:
    gateway("SilentGateway")
    letter = queue_written_letter()
    Letter.objects.update(state=LetterState.LEASED, attempts=1, lease_until=QUEUED_AT)
    delivery.deliver([letter.pk])
    assert state(letter) == LetterState.IN_DOUBT
    assert not PostedLetter.objects.exists()


def test_a_refused_letter_is_tried_again_and_in_the_end_fails(
    reader: User, gateway: ChooseGateway
) -> None:
    gateway("RefusingGateway")
    letter = queue_written_letter()
    before = datetime.now(tz=UTC)
    delivery.deliver([letter.pk])
    assert (state(letter), letter.last_error) == ("due", "mailbox full")
    assert letter.not_before >= before + timedelta(seconds=30)
    for _ in range(delivery.MAX_FAILURES):
        Letter.objects.update(not_before=QUEUED_AT)
        delivery.deliver([letter.pk])
    assert (state(letter), letter.attempts) == ("failed", delivery.MAX_FAILURES)


def test_a_letter_waits_as_long_as_the_gateway_is_unreachable(
    reader: User, gateway: ChooseGateway
) -> None:
    gateway("UnreachableGateway")
    letter = queue_written_letter()
    for _ in range(3 * delivery.MAX_FAILURES):
        Letter.objects.update(not_before=QUEUED_AT)
        before = datetime.now(tz=UTC)
        delivery.deliver([letter.pk])
        assert (state(letter), letter.last_error) == ("due", "no connection")
    assert letter.not_before <= before + timedelta(minutes=11)
    gateway("RefusingGateway")
    Letter.objects.update(not_before=QUEUED_AT)
    delivery.deliver([letter.pk])
    assert (state(letter), letter.last_error) == ("due", "mailbox full")
    gateway("SlowPostbox")
    Letter.objects.update(not_before=QUEUED_AT)
    delivery.deliver([letter.pk])
    assert state(letter) == LetterState.SENT


def test_a_letter_waits_while_the_mail_server_is_down(
    reader: User, settings: Settings
) -> None:
    settings.LETTER_GATEWAY = "innovation.notifications.gateways.Smtp"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
        letter = queue_written_letter()
        delivery.deliver([letter.pk])
    assert (state(letter), letter.failures) == (LetterState.DUE, 0)


def test_a_letter_sent_again_by_an_administrator_has_new_attempts(
    reader: User, administrator: User, gateway: ChooseGateway
) -> None:
    gateway("RefusingGateway")
    letter = queue_written_letter()
    for _ in range(delivery.MAX_FAILURES):
        Letter.objects.update(not_before=QUEUED_AT)
        delivery.deliver([letter.pk])
    assert state(letter) == LetterState.FAILED
    letters.send_again(letter, by=administrator, at=QUEUED_AT)
    delivery.deliver([letter.pk])
    assert state(letter) == LetterState.DUE


def test_a_code_is_in_no_outbox_once_it_was_sent(reader: User) -> None:
    letter = queue_written_letter()
    delivery.deliver([letter.pk])
    assert (state(letter), letter.title, letter.text) == ("sent", "Your code", "")
    assert PostedLetter.objects.get().text == "1 < 2\n"


def test_a_letter_without_a_template_fails(reader: User) -> None:
    letter = queue_letter(reader, kind="no_such_letter")
    delivery.deliver([letter.pk])
    assert (state(letter), letter.last_error) == ("failed", "TemplateDoesNotExist")


def test_a_worker_with_an_expired_lease_cannot_close_a_later_one(reader: User) -> None:
    letter = queue_written_letter()
    lease = delivery._lease(letter.pk, at=QUEUED_AT)
    assert lease is not None
    expire_lease(letter)
    delivery.deliver([letter.pk])
    delivery._close(lease, LetterState.FAILED, error="overslept")
    assert state(letter) == LetterState.SENT


def test_mail_of_django_is_queued_as_letters(reader: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "innovation.notifications.email.OutboxBackend"
    send_mail("Your code", "123456", None, ["reader@example.org"])
    letter = Letter.objects.get()
    assert (letter.title, letter.text) == ("Your code", "123456")
    assert letter.recipient == reader
