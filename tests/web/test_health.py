"""Live needs nothing. Ready needs the database, the broker and a recent heartbeat."""

from datetime import timedelta
from time import perf_counter

import pytest
from django.test import Client

from innovation.core import clock
from innovation.core.models import Heartbeat
from innovation.core.tasks import heartbeat


def test_live_touches_nothing(client: Client) -> None:
    response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "live"})


@pytest.mark.django_db
def test_ready_when_a_worker_has_been_seen(client: Client) -> None:
    heartbeat()
    response = client.get("/health/ready")
    assert response.json() == {
        "status": "ready",
        "database": "ok",
        "broker": "ok",
        "worker": "ok",
    }
    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [None, 61])
def test_not_ready_without_a_worker_seen_in_the_last_minute(
    seconds: int | None, client: Client
) -> None:
    if seconds is not None:
        at = clock.now() - timedelta(seconds=seconds)
        Heartbeat.objects.create(name="worker", at=at)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["worker"] == "down"


@pytest.mark.django_db
def test_not_ready_without_a_broker_and_soon_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    heartbeat()
    missing_socket = "redis+socket:///nowhere/valkey.sock"
    monkeypatch.setenv("CELERY_BROKER_URL", missing_socket)
    started = perf_counter()
    response = client.get("/health/ready")
    assert perf_counter() - started < 2
    assert response.status_code == 503
    assert response.json()["broker"] == "down"
