"""Two rows of each register. Nobody owns a row."""

from typing import Any

from innovation.accounts.models import User
from innovation.registers.definitions import REGISTERS
from innovation.registers.register import Register
from tests.access.scenario import Factory, KeyPair, Scenario
from tests.factories import registers


def _factory(register: Register[Any]) -> Factory:
    def of(stage: Scenario, user: User) -> KeyPair:
        return registers.row(register).key, registers.row(register).key

    return of


SHARED = {register.noun: _factory(register) for register in REGISTERS}
