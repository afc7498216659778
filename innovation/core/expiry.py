"""Rules that delete old rows. Each app registers its rules in its `retention.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from innovation.core.registry import Registry

_log = structlog.get_logger("innovation.expiry")


@dataclass(frozen=True, slots=True)
class Rule:
    """A worker calls `forget` with the time once an hour."""

    table: str
    forget: Callable[[datetime], object]


rules: Registry[Rule] = Registry(key=lambda rule: rule.table)


def forget_all(at: datetime) -> None:
    """A rule that fails is logged, and the others still run."""
    for rule in rules:
        try:
            rule.forget(at)
        except Exception:
            _log.exception("not forgotten", what=rule.table)
