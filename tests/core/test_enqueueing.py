"""A request enqueues a job without waiting, whether the broker is up or down."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from django.db import transaction

from innovation.celery import app
from innovation.core import jobs
from tests.notifications.killed_worker_harness import Broker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker() -> Iterator[Broker]:
    """A broker at the address of the service’s own, down until it is started."""
    conf: Any = app.conf
    counting_broker = Broker()
    conf.broker_write_url = counting_broker.server.url()
    jobs._publisher.disconnect()
    yield counting_broker
    # Not set to its value of now: it follows the environment.
    conf.pop("broker_write_url")
    jobs._publisher.disconnect()
    counting_broker.remove()


def queue_length(broker: Broker) -> int:
    return redis.Redis(unix_socket_path=str(broker.server.socket)).llen("celery")


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_ring_is_heard_once_the_change_is_committed(broker: Broker) -> None:
    broker.start()
    with transaction.atomic():
        jobs.enqueue("tests.nobody", [1, 2])
        time.sleep(0.1)
        assert queue_length(broker) == 0
    wait_until(lambda: queue_length(broker) == 1)


def test_a_change_that_is_rolled_back_rings_nobody(broker: Broker) -> None:
    broker.start()
    with transaction.atomic():
        jobs.enqueue("tests.nobody", [1])
        transaction.set_rollback(True)
    time.sleep(0.2)
    assert queue_length(broker) == 0


def test_no_request_waits_for_a_broker_that_is_away(broker: Broker) -> None:
    started = time.monotonic()
    for _ in range(20):
        with transaction.atomic():
            jobs.enqueue("tests.nobody", [1])
    assert time.monotonic() - started < 1
    wait_until(lambda: jobs._publisher.waiting.unfinished_tasks == 0)


def test_rings_are_heard_again_when_the_broker_is_back(broker: Broker) -> None:
    jobs.enqueue("tests.nobody", [1])
    wait_until(lambda: jobs._publisher.waiting.unfinished_tasks == 0)
    broker.start()
    jobs.enqueue("tests.nobody", [2])
    wait_until(lambda: queue_length(broker) == 1)


def test_jobs_share_a_connection(broker: Broker) -> None:
    broker.start()
    server = redis.Redis(unix_socket_path=str(broker.server.socket))
    jobs.enqueue("tests.nobody", [0])
    wait_until(lambda: server.llen("celery") == 1)
    before = server.info("stats")["total_connections_received"]
    for number in range(5):
        jobs.enqueue("tests.nobody", [number])
    wait_until(lambda: server.llen("celery") == 6)
    assert server.info("stats")["total_connections_received"] == before


def test_a_job_after_the_broker_restarts_is_sent_on_a_new_connection(
    broker: Broker,
) -> None:
    broker.start()
    jobs.enqueue("tests.nobody", [1])
    wait_until(lambda: queue_length(broker) == 1)
    broker.stop()
    broker.start()
    jobs.enqueue("tests.nobody", [2])
    wait_until(lambda: queue_length(broker) == 1)
