"""Tells whoever keeps a record that a form warned somebody of words about a child."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovation.core import clock
from innovation.core.registry import Registry
from innovation.web.forms import Form


@dataclass(frozen=True, slots=True)
class ChildDataWarning:
    """No word of the text is in it. `page` tells one open page from another, and
    `subject` is the key of what it is about, if it has one.
    """

    kinds: tuple[str, ...]
    confirmed: bool
    subject: str
    page: str


Listener = Callable[[Any, ChildDataWarning, datetime], None]
listeners: Registry[Listener] = Registry()


def notify_listeners(user: object, form: object, about: object, page: str) -> None:
    """Of a form that was looked through; says nothing where nothing was found."""
    if not isinstance(form, Form) or not form.child_data:
        return
    found = {str(one.kind) for every in form.child_data.values() for one in every}
    said = ChildDataWarning(
        kinds=tuple(sorted(found)),
        confirmed=form.confirmed,
        subject=getattr(about, "key", ""),
        page=page,
    )
    for listener in listeners:
        listener(user, said, clock.now())
