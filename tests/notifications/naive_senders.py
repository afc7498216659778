"""The ways of sending that the outbox replaces, to see that the drive can tell."""

from celery import shared_task
from django.db import transaction
from django.db.models import F

from innovation.core import clock
from innovation.notifications import gateways
from innovation.notifications.models import Letter, LetterState


@shared_task(name="tests.send_then_mark")
def send_then_mark(ids: list[int]) -> None:
    """A worker lost in between sends the letter twice."""
    for letter in Letter.objects.filter(pk__in=ids, state=LetterState.DUE):
        gateways.get_gateway().send(letter)
        _mark(letter)


@shared_task(name="tests.mark_then_send")
def mark_then_send(ids: list[int]) -> None:
    """A worker lost in between never sends it."""
    for letter in Letter.objects.filter(pk__in=ids, state=LetterState.DUE):
        _mark(letter)
        gateways.get_gateway().send(letter)


@transaction.atomic
def _mark(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.SENT, sent_at=clock.now(), attempts=F("attempts") + 1
    )
