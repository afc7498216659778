"""Adds and changes rows of registers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.rows import lock_row
from innovation.registers.events import RegistersEvent
from innovation.registers.models import RegisterRow

R = TypeVar("R", bound=RegisterRow)


@transaction.atomic
def add(model: type[R], *, values: Mapping[str, Any], by: User, at: datetime) -> R:
    require_permission(by, Permission.MANAGE_REGISTERS)
    chain = events.open_chain(Chain.Kind.SERVICE)
    row = model._default_manager.create(chain=chain, **values)
    events.record(RegistersEvent.ADDED, row, by=by, at=at)
    return row


@transaction.atomic
def change(row: R, *, values: Mapping[str, Any], by: User, at: datetime) -> R:
    """Change a row. The event has the old values, with free text as a digest. Nothing
    is recorded if nothing has changed.
    """
    locked = lock(row, by=by)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, values[name])
    locked.save(update_fields=changed)
    fields: Any = [locked._meta.get_field(name) for name in changed]
    field_names = ", ".join(str(field.verbose_name) for field in fields)
    events.record(
        RegistersEvent.CHANGED, locked, by=by, at=at, data={"fields": field_names}
    )
    return locked


def lock(row: R, *, by: User) -> R:
    require_permission(by, Permission.MANAGE_REGISTERS)
    return lock_row(row, "chain")
