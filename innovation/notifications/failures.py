"""Stores failed Celery jobs for the page “System health”."""

import traceback as tracebacks
from types import TracebackType

from celery.signals import task_failure
from django.conf import settings

from innovation.core import clock
from innovation.notifications.models import JobFailure


def connect() -> None:
    """Connect the receiver, once. Nothing else refers to it, so `weak=False`."""
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


def _failing_line(traceback: TracebackType | None) -> str:
    """The last line of this project's code in the traceback."""
    root = f"{settings.BASE_DIR}/"
    own_frames = [
        frame
        for frame in tracebacks.extract_tb(traceback)
        if frame.filename.startswith(root) and "site-packages" not in frame.filename
    ]
    if not own_frames:
        return ""
    return f"{own_frames[-1].filename.removeprefix(root)}:{own_frames[-1].lineno}"
