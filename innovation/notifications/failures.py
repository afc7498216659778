"""Celery says that a job failed; a row keeps it for the page of failures."""

import traceback as tracebacks
from types import TracebackType

from celery.signals import task_failure
from django.conf import settings

from innovation.core import clock
from innovation.notifications.models import JobFailure


def connect() -> None:
    """Once, when the app is ready. Not weakly: nothing else holds the receiver."""
    task_failure.connect(record_failure, weak=False, dispatch_uid=__name__)


def record_failure(
    sender: object = None,
    task_id: str = "",
    exception: BaseException | None = None,
    traceback: TracebackType | None = None,
    **_: object,
) -> None:
    JobFailure.objects.create(
        job=getattr(sender, "name", "unknown")[:200],
        job_id=task_id,
        error=type(exception).__name__[:100],
        place=_failing_line(traceback)[:200],
        at=clock.now(),
    )


def _failing_line(found: TracebackType | None) -> str:
    """The last line of our own code the error passed through."""
    root = f"{settings.BASE_DIR}/"
    ours = [
        frame
        for frame in tracebacks.extract_tb(found)
        if frame.filename.startswith(root) and "site-packages" not in frame.filename
    ]
    if not ours:
        return ""
    return f"{ours[-1].filename.removeprefix(root)}:{ours[-1].lineno}"
