"""Logs are JSON lines that carry request, job and case ids and no personal data."""

import logging
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def _traceback_lines(exc_info: _ExcInfo) -> str:
    """Which errors passed through which lines, the first of them first. Never what they
    said: a broken constraint repeats the row, an unreadable value itself.
    """
    told: list[str] = []
    error: BaseException | None = exc_info[1]
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines = "".join(traceback.format_tb(error.__traceback__))
        told.insert(0, f"{lines}{type(error).__module__}.{type(error).__qualname__}")
        hidden = error.__suppress_context__
        error = error.__cause__ or (None if hidden else error.__context__)
    return "\n\n".join(told)


def _redact_celery_errors(_: object, __: str, event: EventDict) -> EventDict:
    """Celery writes a failed task's error and arguments into its own sentence."""
    said = event.pop("positional_args", None)
    if isinstance(said, dict) and {"name", "id", "exc"} <= said.keys():
        event["event"] = f"task {said['name']} failed"
        event["job_id"] = said["id"]
    return event


class RoutesForPaths(logging.Filter):
    """Django writes the address of what it refused or could not answer; an address may
    be the key of a password, so the line names the route that it matched.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = match.route if match else "no route"
            secret = {getattr(request, "path", None), _full_path(request)}
            record.args = tuple(route if one in secret else one for one in record.args)
        return True


def _full_path(request: object) -> str | None:
    full = getattr(request, "get_full_path", None)
    return full() if full else None


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    _redact_celery_errors,
    structlog.processors.ExceptionRenderer(_traceback_lines),
]

structlog.configure(
    processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": _SHARED,
            "pass_foreign_args": True,
        }
    },
    "filters": {"routes": {"()": RoutesForPaths}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["routes"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
    },
}
