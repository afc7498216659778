"""The Celery application: found by workers, beat and the web process alike."""

import os

from celery import Celery
from celery.signals import worker_init, worker_ready

from innovation.core import timeouts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innovation.settings")

app = Celery("innovation")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def set_worker_timeouts(**_: object) -> None:
    """Before the worker's children are forked, which keep what is set here."""
    timeouts.set_process_timeouts(timeouts.TASK)


@worker_ready.connect
def send_first_heartbeat(**_: object) -> None:
    """Readiness is known as soon as a task has run, not at beat's first turn."""
    app.send_task("innovation.core.tasks.heartbeat")
