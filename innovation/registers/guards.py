"""The guards of registers: rows can be changed, but not deleted."""

from innovation.audit.guards import guard, may_change
from innovation.registers.definitions import REGISTERS

_FIXED = {"id", "key", "chain"}

GUARDS = tuple(
    guard(
        register.model,
        may_change(
            *(
                field.name
                for field in register.model._meta.concrete_fields
                if field.name not in _FIXED
            )
        ),
    )
    for register in REGISTERS
)
