"""A factory for rows of registers, made from their example."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import UniqueConstraint
from django.utils.dateparse import parse_date, parse_datetime

from innovation.core import clock
from innovation.registers import domain
from innovation.registers.models import Programme, RegisterRow
from innovation.registers.register import Register
from tests.dates import MOMENT
from tests.factories import users


def main_programme() -> Programme:
    return domain.load_main_programme("Innovation Programme", at=MOMENT)


def row(register: Register[Any], **more: Any) -> RegisterRow:
    """A row; by default, its start time was an hour ago, and a name that is used once
    has a number.
    """
    values = example_values(register)
    number = register.model._default_manager.count()
    for constraint in register.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and not constraint.condition:
            for name in constraint.fields if number else ():
                values[name] = f"{values[name]} {number + 1}"
    values |= more
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
    if not isinstance(example, str):
        return example
    return parse_date(example) or parse_datetime(example) or example
