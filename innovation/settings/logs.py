"""Logging as JSON lines, with request, job and case ids and no personal data."""

import logging
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def _traceback_lines(exc_info: _ExcInfo) -> str:
    """The traceback of each error in the chain, the first error first. The messages are
    left out, because they can contain a row or a value.
    """
    parts: list[str] = []
    error: BaseException | None = exc_info[1]
    error_ids: set[int] = set()
    while error is not None and id(error) not in error_ids:
        error_ids.add(id(error))
        lines = "".join(traceback.format_tb(error.__traceback__))
        parts.insert(0, f"{lines}{type(error).__module__}.{type(error).__qualname__}")
        is_suppressed = error.__suppress_context__
        error = error.__cause__ or (None if is_suppressed else error.__context__)
    return "\n\n".join(parts)


def _redact_celery_errors(_: object, __: str, event: EventDict) -> EventDict:
    """Replace Celery's message, which has the error and the arguments of the task."""
    context = event.pop("positional_args", None)
    if isinstance(context, dict) and {"name", "id", "exc"} <= context.keys():
        event["event"] = f"task {context['name']} failed"
        event["job_id"] = context["id"]
    return event


class RoutesForPaths(logging.Filter):
    """Replaces the path in Django's log lines by the route. A path can hold a secret,
    such as the key of a password reset.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = match.route if match else "no route"
            paths = {getattr(request, "path", None), _full_path(request)}
            record.args = tuple(route if arg in paths else arg for arg in record.args)
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
