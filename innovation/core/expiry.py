"""What is forgotten once nobody needs it: an app’s own is in its `retention.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from innovation.core.registry import Registry

_log = structlog.get_logger("innovation.expiry")


@dataclass(frozen=True, slots=True)
class Rule:
    """`forget` is given the moment, and called once an hour by a worker."""

    table: str
    forget: Callable[[datetime], object]


rules: Registry[Rule] = Registry(key=lambda rule: rule.table)


def forget_all(at: datetime) -> None:
    """One that fails is logged and does not keep the others waiting."""
    for rule in rules:
        try:
            rule.forget(at)
        except Exception:
            _log.exception("not forgotten", what=rule.table)
