"""Which rows about organisations are evidence: see `innovation.audit.evidence`.

Councils and their judgements are loaded from files, whose digest is stored.
"""

from innovation.audit.evidence import Evidence, declared
from innovation.audit.models import Chain
from innovation.organisations.models import (
    CouncilFact,
    Identifier,
    Organisation,
    RunsServices,
)


def register() -> None:
    declared.register(
        Evidence(
            Organisation,
            values=("claimed_scheme", "claimed_number"),
            kind=Chain.Kind.ORGANISATION,
        ),
        Evidence(Identifier, ("organisation",), values=("scheme", "value")),
        Evidence(RunsServices, ("organisation",), values=("started", "ended")),
        Evidence(CouncilFact, values=("started", "ended"), kind=Chain.Kind.SERVICE),
    )
