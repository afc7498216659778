"""What is forgotten once nobody needs it: an app’s own is in its `retention.py`."""

from collections.abc import Callable
from datetime import datetime

import structlog

Forget = Callable[[datetime], object]
_log = structlog.get_logger("innovation.expiry")
_registered: dict[str, Forget] = {}


def register(what: str, forget: Forget) -> None:
    """`forget` is given the moment, and called once an hour by a worker."""
    _registered[what] = forget


def names() -> list[str]:
    return sorted(_registered)


def forget_all(at: datetime) -> None:
    """One that fails is logged and does not keep the others waiting."""
    for what, forget in _registered.items():
        try:
            forget(at)
        except Exception:
            _log.exception("not forgotten", what=what)
