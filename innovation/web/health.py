"""Is the process there, and can it do its work?"""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from innovation.celery import app
from innovation.core import clock
from innovation.core.access import EVERYBODY
from innovation.core.models import Heartbeat

MAX_HEARTBEAT_AGE = timedelta(seconds=60)
_PROBE_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
"""Seconds; a probe that waits as long as a job may would itself time out."""


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Touches nothing: a database that is down must not get this process killed."""
    return JsonResponse({"status": "live"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Names each part as `ok` or `down`; 503 unless all are there."""
    database = _database()
    parts = {
        "database": database,
        "broker": _broker(),
        "worker": database and _worker(),
    }
    names = {name: "ok" if there else "down" for name, there in parts.items()}
    status = 200 if all(parts.values()) else 503
    summary = "ready" if status == 200 else "not ready"
    return JsonResponse({"status": summary, **names}, status=status)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker() -> bool:
    try:
        with app.connection_for_write(
            transport_options=_PROBE_OPTIONS, connect_timeout=1
        ) as broker:
            return bool(broker.default_channel)
    except Exception:
        return False


def _worker() -> bool:
    since = clock.now() - MAX_HEARTBEAT_AGE
    try:
        return Heartbeat.objects.filter(name="worker", at__gte=since).exists()
    except DatabaseError:
        return False


live.policy = ready.policy = EVERYBODY  # type: ignore[attr-defined]
