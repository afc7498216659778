"""Every row of a register is evidence. The log states free text as a digest."""

from innovation.audit.evidence import Evidence, declared
from innovation.audit.models import Chain
from innovation.registers.definitions import REGISTERS


def register() -> None:
    declared.register(
        *(
            Evidence(definition.model, kind=Chain.Kind.SERVICE)
            for definition in REGISTERS
        )
    )
