"""Gateways that send letters. Some can look up what they accepted."""

import smtplib
from email.utils import make_msgid
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.module_loading import import_string

from innovation.core import clock
from innovation.notifications.models import Letter, PostedLetter


class LetterRefused(Exception):
    """The gateway did not accept the letter, so it can be sent again. After other
    errors it is unknown whether the gateway accepted it.
    """


class GatewayUnreachable(LetterRefused):
    """The gateway did not answer. The letter is tried again until it does."""


class Gateway(Protocol):
    def send(self, letter: Letter) -> None:
        """Send a letter. Raise `LetterRefused`, or another error if unknown."""


@runtime_checkable
class LookupGateway(Gateway, Protocol):
    def has_letter(self, reference: UUID) -> bool:
        """Whether a letter with this reference was accepted."""


class Postbox:
    """For the demonstration: letters are shown on the page `/letters/`."""

    def send(self, letter: Letter) -> None:
        PostedLetter.objects.create(
            reference=letter.reference,
            address=letter.recipient_address,
            title=letter.title,
            text=letter.text,
            files=list(letter.files),
            posted_at=clock.now(),
        )

    def has_letter(self, reference: UUID) -> bool:
        return PostedLetter.objects.filter(reference=reference).exists()


class Smtp:
    """A mail server. It cannot look letters up, so after an error they are in doubt."""

    def send(self, letter: Letter) -> None:
        connection = EmailBackend(timeout=20)
        try:
            connection.open()
        except OSError as error:
            raise GatewayUnreachable("no connection") from error
        try:
            connection.send_messages([_message(letter, connection)])
        except (
            smtplib.SMTPRecipientsRefused,
            smtplib.SMTPSenderRefused,
            smtplib.SMTPDataError,
            smtplib.SMTPNotSupportedError,
        ) as error:
            raise LetterRefused(type(error).__name__) from error
        finally:
            connection.close()


def _message(letter: Letter, connection: EmailBackend) -> EmailMessage:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return EmailMessage(
        letter.title,
        letter.text,
        to=[letter.recipient_address],
        headers={"Message-ID": make_msgid(letter.reference.hex, host)},
        attachments=[
            (file.name, file.text, file.content_type) for file in letter.files
        ],
        connection=connection,
    )


def get_gateway() -> Gateway:
    gateway: Gateway = import_string(settings.LETTER_GATEWAY)()
    return gateway
