"""What may never happen to a file that somebody added."""

from innovation.audit.guards import guard, may_change, one_of_moves, values
from innovation.documents.models import SCANNED, THROWN_AWAY, Document, DocumentState

_SCANNING = (DocumentState.WAITING, DocumentState.UNSCANNED)
_MOVES = [(DocumentState.UNSCANNED, DocumentState.WAITING)] + [
    (DocumentState.WAITING, verdict) for verdict in SCANNED
]

GUARDS = (
    guard(
        Document,
        may_change("state", when=one_of_moves("state", _MOVES)),
        may_change(
            "file", when=f"NEW.file = '' AND NEW.state IN {values(THROWN_AWAY)}"
        ),
        may_change(
            "attempts",
            "interruptions",
            "not_before",
            "lease_until",
            "last_error",
            "scanned_at",
            "finding",
            when=f"OLD.state IN {values(_SCANNING)}",
        ),
        begins=f"NEW.state IN {values(_SCANNING)}",
    ),
)
