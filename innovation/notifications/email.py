"""Email backend: queues mail of Django and allauth as letters."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from innovation.core import clock
from innovation.notifications import letters


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            letters.queue_written(
                letters.ACCOUNT,
                addresses=message.recipients(),
                title=str(message.subject),
                text=str(message.body),
                at=clock.now(),
            )
        return len(email_messages)
