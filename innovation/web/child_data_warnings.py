"""Tells whoever keeps a record that a form warned somebody of words about a child."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from innovation.core import clock
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


Listener = Callable[[object, ChildDataWarning, datetime], None]
_listeners: list[Listener] = []


def register_listener(listener: Listener) -> None:
    if listener not in _listeners:
        _listeners.append(listener)


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
    for listener in _listeners:
        listener(user, said, clock.now())
