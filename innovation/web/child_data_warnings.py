"""Notifies listeners when a form has warned about words that may identify a child."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovation.core import clock
from innovation.core.registry import Registry
from innovation.web.forms import Form


@dataclass(frozen=True, slots=True)
class ChildDataWarning:
    """It holds none of the text. `page` identifies the open page, and `subject` is the
    key of its object, if it has one.
    """

    kinds: tuple[str, ...]
    confirmed: bool
    subject: str
    page: str


Listener = Callable[[Any, ChildDataWarning, datetime], None]
listeners: Registry[Listener] = Registry()


def notify_listeners(user: object, form: object, subject: object, page: str) -> None:
    """Notify the listeners if the form has findings."""
    if not isinstance(form, Form) or not form.child_data:
        return
    kinds = {
        str(finding.kind)
        for findings in form.child_data.values()
        for finding in findings
    }
    warning = ChildDataWarning(
        kinds=tuple(sorted(kinds)),
        confirmed=form.confirmed,
        subject=getattr(subject, "key", ""),
        page=page,
    )
    for listener in listeners:
        listener(user, warning, clock.now())
