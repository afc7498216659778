"""What may be done with a row of a register: it is added, and it is changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.registers.models import RegisterRow
from innovation.registers.wording import RegisterEvent

R = TypeVar("R", bound=RegisterRow)


@transaction.atomic
def add(model: type[R], *, values: Mapping[str, Any], by: User, at: datetime) -> R:
    require_permission(by, Permission.MANAGE_REGISTERS)
    chain = events.open_chain(Chain.Kind.SERVICE)
    row = model._default_manager.create(chain=chain, **values)
    events.record(chain, RegisterEvent.ADDED, subject=row.key, by=by, at=at)
    return row


@transaction.atomic
def change(row: R, *, values: Mapping[str, Any], by: User, at: datetime) -> R:
    """The log keeps what the row held before. Without a difference nothing happens."""
    held = lock(row, by=by)
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    if not changed:
        return held
    for name in changed:
        setattr(held, name, values[name])
    held.save(update_fields=changed)
    fields: Any = [held._meta.get_field(name) for name in changed]
    named = ", ".join(str(field.verbose_name) for field in fields)
    events.record(
        held.chain,
        RegisterEvent.CHANGED,
        subject=held.key,
        by=by,
        at=at,
        data={"fields": named},
    )
    return held


def lock(row: R, *, by: User) -> R:
    require_permission(by, Permission.MANAGE_REGISTERS)
    rows = type(row)._default_manager
    return rows.select_for_update(of=("self",)).select_related("chain").get(pk=row.pk)
