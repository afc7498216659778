"""The registers there are."""

from typing import Any

from innovation.registers.register import Register

REGISTERS: tuple[Register[Any], ...] = ()
