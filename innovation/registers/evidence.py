"""Every row of a register is evidence; of free text the log states a digest."""

from innovation.audit.evidence import Evidence, declared
from innovation.audit.models import Chain
from innovation.registers.definitions import REGISTERS


def register() -> None:
    declared.register(
        *(Evidence(each.model, kind=Chain.Kind.SERVICE) for each in REGISTERS)
    )
