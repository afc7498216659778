"""Which rows about files are evidence: see `innovation.audit.evidence`."""

from innovation.audit.evidence import Evidence, declared
from innovation.documents.models import Document, DocumentState

_WAITING = (
    f"CASE WHEN {{row}}.state = '{DocumentState.UNSCANNED}' "
    f"THEN '{DocumentState.WAITING}' ELSE {{row}}.state END"
)
"""A scanner that is set up later scans unscanned documents, without an event."""


def register() -> None:
    declared.register(
        Evidence(
            Document,
            expressions={"state": _WAITING},
            values=("digest",),
            excluded=(
                "attempts",
                "interruptions",
                "not_before",
                "lease_until",
                "last_error",
            ),
        )
    )
