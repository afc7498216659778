"""An error's message may name people, so the log has only its type and place."""

import json
import logging
import sys
from logging.config import DictConfigurator
from typing import Any

from django.test import RequestFactory
from django.urls import resolve

from innovation.settings.logs import LOGGING, RoutesForPaths

WORDS = "Key (email)=(jane@example.org) already exists"


def line(message: str, *args: Any) -> dict[str, Any]:
    """The log line of an error that was caught while another was handled."""
    settings: dict[str, Any] = LOGGING
    formatter = DictConfigurator(settings).configure_formatter(
        dict(settings["formatters"]["json"])
    )
    try:
        try:
            raise ValueError(WORDS)
        except ValueError as error:
            raise RuntimeError(WORDS) from error
    except RuntimeError:
        exc_info = sys.exc_info()
    record = logging.LogRecord("x", logging.ERROR, "f", 1, message, args, exc_info)
    text = formatter.format(record)
    assert "jane" not in text
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def test_an_error_leaves_its_kind_and_its_place() -> None:
    exception = line("job failed")["exception"]
    assert exception.index("builtins.ValueError") < exception.index(
        "builtins.RuntimeError"
    )
    assert "test_logs.py" in exception


def test_a_failed_task_is_named_without_its_error() -> None:
    context = {"name": "jobs.sweep", "id": "7", "exc": WORDS, "description": "raised"}
    log_line = line("Task %(name)s[%(id)s] %(description)s: %(exc)s", context)
    assert (log_line["event"], log_line["job_id"]) == ("task jobs.sweep failed", "7")


def test_a_request_that_failed_is_named_by_its_route(rf: RequestFactory) -> None:
    request = rf.get("/accounts/password/reset/key/3f-secret/?next=/jane")
    request.resolver_match = resolve(request.path)
    for path in (request.path, request.get_full_path()):
        record = logging.LogRecord(
            "django.request", logging.ERROR, "f", 1, "%s: %s", ("Error", path), None
        )
        record.request = request
        assert RoutesForPaths().filter(record)
        assert "secret" not in record.getMessage()
        assert record.getMessage().startswith("Error: accounts/password/reset/key/")


def test_an_address_that_no_route_has_is_not_written_either(rf: RequestFactory) -> None:
    request = rf.get("/jane-doe")
    record = logging.LogRecord(
        "django.request", logging.ERROR, "f", 1, "%s: %s", ("Error", "/jane-doe"), None
    )
    record.request = request
    assert RoutesForPaths().filter(record)
    assert record.getMessage() == "Error: no route"


def test_the_filter_stands_before_everything_that_is_written() -> None:
    settings: dict[str, Any] = LOGGING
    handlers = settings["handlers"].values()
    assert all("routes" in handler["filters"] for handler in handlers)
