"""The Celery application of the workers, beat and the web process."""

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
    """Runs before the worker forks its children, so that they inherit it."""
    timeouts.set_process_timeouts(timeouts.TASK)


@worker_ready.connect
def send_first_heartbeat(**_: object) -> None:
    """Be ready as soon as the worker has started, not at beat's first run."""
    app.send_task("innovation.core.tasks.heartbeat")
