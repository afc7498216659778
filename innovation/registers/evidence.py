"""Every row of a register is evidence, and the log states its text as it is."""

from innovation.audit.evidence import Evidence, declared
from innovation.audit.models import Chain
from innovation.registers.definitions import REGISTERS


def register() -> None:
    for each in REGISTERS:
        names = tuple(field.name for field in each.model._meta.concrete_fields)
        declared.register(Evidence(each.model, values=names, kind=Chain.Kind.SERVICE))
