"""What every job needs: its id in the log, and one run per time slot."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import structlog
from celery import current_task

from innovation.core.models import Slot

_log = structlog.get_logger("innovation.job")
KEPT = timedelta(days=2)


def once_per_slot(job: str, seconds: int, *, at: datetime) -> bool:
    """True for the first to ask in this stretch of `seconds`, across every process.

    Two beats, or a beat and a late message, both ring; the unique row lets one in. The
    row is committed before the job runs, so a job that dies waits for its next slot:
    jobs sweep for what is due and lose nothing by that.
    """
    start = datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=UTC)
    # `ignore_conflicts` would not say who won: the driver's row count does.
    if Slot.objects.filter(job=job, slot=start).exists():
        return False
    _, won = Slot.objects.get_or_create(job=job, slot=start)
    if won:
        Slot.objects.filter(job=job, slot__lt=start - KEPT).delete()
    return won


@contextmanager
def logged(job: str, **ids: object) -> Iterator[None]:
    """Bind the job's name, its id and the ids of what it works on to each log line."""
    job_id = current_task.request.id if current_task else None
    with structlog.contextvars.bound_contextvars(job=job, job_id=job_id, **ids):
        try:
            yield
        except Exception:
            _log.exception("job failed")
            raise
        _log.info("job done")
