"""Which rows about organisations are evidence: see `innovation.audit.evidence`.

Councils and the dated facts about them are loaded from files, whose digest is stored.
"""

from innovation.audit.evidence import Evidence, declared
from innovation.audit.models import Chain
from innovation.organisations.models import Identifier, Organisation, RunsServices


def register() -> None:
    declared.register(
        Evidence(
            Organisation,
            values=("claimed_scheme", "claimed_number"),
            kind=Chain.Kind.ORGANISATION,
        ),
        Evidence(Identifier, ("organisation",), values=("scheme", "value")),
        Evidence(RunsServices, ("organisation",), values=("started", "ended")),
    )
