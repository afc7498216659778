"""The guards of imports of past cases, and of their corrections."""

from funding import models
from funding.states import CORRECTION
from innovation.audit.guards import (
    ParentRule,
    follows_transitions,
    guard,
    may_change,
    sql_list,
    transition_condition,
)

_APPLICABLE_STATES = ("checked", "failed", "waiting")
_IMPORT_TRANSITIONS = [
    *[
        (old, new)
        for old in _APPLICABLE_STATES
        for new in ("applied", "failed", "refused", "waiting")
        if old != new
    ],
    ("waiting", "declined"),
]

IMPORT_GUARDS = (
    guard(
        models.Import,
        may_change(
            "rows",
            "expressions",
            "awards",
            "unchanged",
            "problems",
            "notices",
            "revises_past",
            when=f"OLD.state IN {sql_list(_APPLICABLE_STATES)}",
        ),
        may_change(
            *("sent_by", "sent_at"),
            when="OLD.state <> 'waiting' AND NEW.state = 'waiting'",
        ),
        may_change(
            *("declined_by", "declined_at", "declined_because"),
            when="OLD.state = 'waiting' AND NEW.state = 'declined'",
        ),
        may_change(
            "applied_by",
            "applied_at",
            when="OLD.state <> 'applied' AND NEW.state = 'applied'",
        ),
        may_change("state", when=transition_condition("state", _IMPORT_TRANSITIONS)),
        initial_condition="NEW.state IN ('checked', 'refused') AND NEW.sent_at IS NULL",
    ),
    guard(
        models.Correction,
        may_change(
            "answer",
            "answered_by",
            "answered_at",
            when="OLD.state = 'waiting' AND NEW.state <> 'waiting'",
        ),
        follows_transitions("state", CORRECTION),
        initial_condition="NEW.state = 'waiting' AND NEW.answer = ''",
    ),
    guard(
        models.ImportedCase,
        parent_rules=[
            ParentRule("imported", f"parent.state IN {sql_list(_APPLICABLE_STATES)}")
        ],
    ),
)
