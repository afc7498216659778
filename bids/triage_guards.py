"""The guards of eligibility checks and flags."""

from bids import models
from innovation.audit.guards import (
    EXCLUSIVE_LOCK,
    INSERT,
    UPDATE,
    ParentRule,
    guard,
    may_change,
)

_SENT = ParentRule("expression", "parent.submitted_at IS NOT NULL", on=(INSERT,))
_WORDS_STAY = """
    (OLD.wording, OLD.guidance) = (NEW.wording, NEW.guidance)
    OR NOT EXISTS (SELECT FROM bids_checkresult WHERE eligibility_check_id = OLD.id)
"""
_OF_ITS_ROUND = """
    parent.round_id = (
        SELECT round_id FROM bids_expression WHERE id = NEW.expression_id)
    AND (NEW.reason <> '' OR NOT EXISTS (
        SELECT FROM bids_checkresult WHERE expression_id = NEW.expression_id
        AND eligibility_check_id = parent.id))
"""
"""A check of the round of the case; with a reason if there is a result already."""

GUARDS = (
    guard(
        models.EligibilityCheck,
        may_change("wording", "guidance", "position", when="OLD.ended_at IS NULL"),
        may_change(
            "ended_because", "ended_by", "ended_at", when="OLD.ended_at IS NULL"
        ),
        initial_condition="NEW.ended_at IS NULL",
        parent_rules=[
            ParentRule("round", _WORDS_STAY, on=(UPDATE,), lock=EXCLUSIVE_LOCK)
        ],
    ),
    guard(
        models.CheckResult,
        parent_rules=[
            _SENT,
            ParentRule("eligibility_check", _OF_ITS_ROUND, on=(INSERT,)),
        ],
    ),
    guard(
        models.Flag,
        may_change(
            "resolution", "resolved_by", "resolved_at", when="OLD.resolved_at IS NULL"
        ),
        initial_condition="NEW.resolved_at IS NULL",
        parent_rules=[_SENT],
    ),
    guard(
        models.TriageException,
        parent_rules=[
            ParentRule("expression", "parent.state = 'taken_forward'", on=(INSERT,))
        ],
    ),
)
