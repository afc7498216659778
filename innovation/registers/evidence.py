"""Every row of a register is evidence, and the log states its text as it is."""

from innovation.audit.evidence import Evidence, declare, register_owners
from innovation.audit.models import Chain
from innovation.registers.definitions import REGISTERS


def register() -> None:
    for each in REGISTERS:
        register_owners(Chain.Kind.SERVICE, each.model)
        facts = each.model._meta.concrete_fields
        declare(Evidence(each.model, values=tuple(fact.name for fact in facts)))
