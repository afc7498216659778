"""The guards of the barrier register: entries and steps are only added."""

from bids import models
from innovation.audit.guards import INSERT, ParentRule, guard, may_change

BARRIER_GUARDS = (
    guard(models.BarrierEntry, may_lock=True),
    guard(models.BarrierStep),
    guard(
        models.BarrierCase,
        # Its writer takes it out of a bid that was returned.
        may_change("barrier", when="NEW.barrier_id IS NULL"),
        may_change(
            "left_at",
            "left_by",
            "left_because",
            when="OLD.left_at IS NULL AND NEW.left_at IS NOT NULL",
        ),
        initial_condition="NEW.left_at IS NULL",
        parent_rules=[
            ParentRule("expression", "parent.submitted_at IS NOT NULL", on=(INSERT,))
        ],
    ),
)
