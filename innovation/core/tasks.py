"""The worker says that it is alive, and tidies up after forms."""

from datetime import timedelta

from celery import shared_task

from innovation.core import clock
from innovation.core.jobs import once_per_slot
from innovation.core.models import Heartbeat, KeptPost, Submission

FORM_LIFE = timedelta(days=2)


@shared_task
def heartbeat() -> None:
    """Only a worker can move this row, so its age tells whether one is there."""
    now = clock.now()
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": now})
    if once_per_slot("forget forms", 3600, at=now):
        Submission.objects.filter(at__lt=now - FORM_LIFE).delete()
        KeptPost.objects.filter(at__lt=now - FORM_LIFE).delete()
