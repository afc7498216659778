"""Health checks: is the process alive, and can it do its work?"""

from datetime import timedelta
from typing import ClassVar

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views import View

from innovation.celery import app
from innovation.core import clock
from innovation.core.access import EVERYBODY, Policy
from innovation.core.models import Heartbeat

MAX_HEARTBEAT_AGE = timedelta(seconds=60)
_PROBE_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
"""Shorter than the usual timeouts, because the caller of a probe has one too."""


class Live(View):
    """Uses no database, so that an outage does not get this process killed."""

    policy: ClassVar[Policy] = EVERYBODY
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"status": "live"})


class Ready(View):
    """Each part is `ok` or `down`; 503 unless all are `ok`."""

    policy: ClassVar[Policy] = EVERYBODY
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> JsonResponse:
        database = _database()
        parts = {
            "database": database,
            "broker": _broker(),
            "worker": database and _worker(),
        }
        states = {name: "ok" if works else "down" for name, works in parts.items()}
        status = 200 if all(parts.values()) else 503
        summary = "ready" if status == 200 else "not ready"
        return JsonResponse({"status": summary, **states}, status=status)


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
    earliest = clock.now() - MAX_HEARTBEAT_AGE
    try:
        return Heartbeat.objects.filter(name="worker", at__gte=earliest).exists()
    except DatabaseError:
        return False
