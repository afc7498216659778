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
from innovation.registers.models import Programme, RegisterRow

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
    """Change the row, if a value differs. The log has its values, free text as a
    digest, and the event names the changed fields.
    """
    row = lock(row, by=by)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    fields = [column_field(type(row), name) for name in changed]
    labels = ", ".join(str(field.verbose_name) for field in fields)
    events.record(RegistersEvent.CHANGED, row, by=by, at=at, data={"fields": labels})
    return row


def lock(row: R, *, by: User) -> R:
    require_permission(by, Permission.MANAGE_REGISTERS)
    return lock_row(row, "chain")


@transaction.atomic
def load_main_programme(name: str, *, at: datetime) -> Programme:
    """The programme that this service is for. It is recorded the first time."""
    programme = Programme.objects.filter(main=True).first()
    if programme is None:
        chain = events.open_chain(Chain.Kind.SERVICE)
        programme = Programme.objects.create(chain=chain, name=name, main=True)
        events.record(RegistersEvent.ADDED, programme, by=events.SERVICE, at=at)
    return programme
