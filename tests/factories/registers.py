"""A factory for rows of registers, made from their example."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime

from innovation.core import clock
from innovation.registers import domain
from innovation.registers.models import RegisterRow
from innovation.registers.register import Register
from tests.factories import users


def row(register: Register[Any], **more: Any) -> RegisterRow:
    """A row; by default, its start time was an hour ago."""
    values = example_values(register) | more
    by = users.administrator()
    created: RegisterRow = domain.add(
        register.model, values=values, by=by, at=clock.now()
    )
    return created


def example_values(register: Register[Any]) -> dict[str, Any]:
    values = {name: _value(register.example[name]) for name in register.columns}
    moments = [value for value in values.values() if isinstance(value, datetime)]
    if not moments:
        return values
    later = clock.now() - timedelta(hours=1) - min(moments)
    return {
        name: value + later if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _value(example: Any) -> Any:
    return (isinstance(example, str) and parse_datetime(example)) or example
