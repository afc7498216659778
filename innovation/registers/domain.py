"""Adds and changes rows of registers."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.columns import column_field
from innovation.core.rows import lock_row
from innovation.registers.events import RegistersEvent
from innovation.registers.models import RegisterRow

R = TypeVar("R", bound=RegisterRow)


@transaction.atomic
def add(model: type[R], *, values: Mapping[str, object], by: User, at: datetime) -> R:
    require_permission(by, Permission.MANAGE_REGISTERS)
    chain = events.open_chain(Chain.Kind.SERVICE)
    row = model._default_manager.create(chain=chain, **values)
    events.record(RegistersEvent.ADDED, row, by=by, at=at)
    return row


@transaction.atomic
def change(row: R, *, values: Mapping[str, object], by: User, at: datetime) -> R:
    """The log states what the row held before, free text as a digest. Without a
    difference nothing happens.
    """
    held = lock(row, by=by)
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    if not changed:
        return held
    for name in changed:
        setattr(held, name, values[name])
    held.save(update_fields=changed)
    fields = [column_field(type(held), name) for name in changed]
    named = ", ".join(str(field.verbose_name) for field in fields)
    events.record(RegistersEvent.CHANGED, held, by=by, at=at, data={"fields": named})
    return held


def lock(row: R, *, by: User) -> R:
    require_permission(by, Permission.MANAGE_REGISTERS)
    return lock_row(row, "chain")
