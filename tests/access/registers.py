"""Two rows of each register. Nobody owns a row."""

from collections.abc import Callable
from typing import Any

from innovation.accounts.models import User
from innovation.registers.definitions import REGISTERS
from innovation.registers.register import Register
from tests.access.scenario import KeyPair, Scenario
from tests.factories import registers


def _factory(register: Register[Any]) -> Callable[[Scenario, User], KeyPair]:
    def of(stage: Scenario, user: User) -> KeyPair:
        return registers.row(register).key, registers.row(register).key

    return of


FACTORIES = {register.noun: _factory(register) for register in REGISTERS}
