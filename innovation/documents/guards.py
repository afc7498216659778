"""The guards of documents."""

from innovation.audit.guards import guard, may_change, sql_list, transition_condition
from innovation.documents.models import (
    DISCARDED_STATES,
    SCANNED_STATES,
    Document,
    DocumentState,
)

_UNDECIDED_STATES = (DocumentState.WAITING, DocumentState.UNSCANNED)
_TRANSITIONS = [(DocumentState.UNSCANNED, DocumentState.WAITING)] + [
    (DocumentState.WAITING, verdict) for verdict in SCANNED_STATES
]

GUARDS = (
    guard(
        Document,
        may_change("state", when=transition_condition("state", _TRANSITIONS)),
        may_change(
            "file", when=f"NEW.file = '' AND NEW.state IN {sql_list(DISCARDED_STATES)}"
        ),
        may_change(
            "attempts",
            "interruptions",
            "not_before",
            "lease_until",
            "last_error",
            "scanned_at",
            "finding",
            when=f"OLD.state IN {sql_list(_UNDECIDED_STATES)}",
        ),
        initial_condition=f"NEW.state IN {sql_list(_UNDECIDED_STATES)}",
    ),
)
