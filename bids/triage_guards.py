"""The guards of eligibility checks, flags and due diligence."""

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
_DONE_AGAIN_WITH_REASON = """
    parent.submitted_at IS NOT NULL
    AND (NEW.reason <> '' OR coalesce((
        SELECT state = 'under_way' FROM bids_duediligence
        WHERE expression_id = parent.id AND area = NEW.area
        ORDER BY id DESC LIMIT 1), true))
"""

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
        models.DueDiligence,
        parent_rules=[ParentRule("expression", _DONE_AGAIN_WITH_REASON, on=(INSERT,))],
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
