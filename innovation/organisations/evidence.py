"""Which rows about organisations are evidence: see `innovation.audit.evidence`.

Councils and the dated facts about them are loaded from files, whose digest is kept.
"""

from innovation.audit.evidence import Evidence, declare, register_owners
from innovation.audit.models import Chain
from innovation.organisations.models import Identifier, Organisation, RunsServices


def register() -> None:
    register_owners(Chain.Kind.ORGANISATION, Organisation)
    declare(
        Evidence(Organisation),
        Evidence(Identifier, ("organisation",), values=("scheme", "value")),
        Evidence(RunsServices, ("organisation",), values=("started", "ended")),
    )
