"""The guards of batches: steps that are taken for several cases at once."""

from bids import models
from innovation.audit.guards import guard, may_change, set_once

_PLANNED = "OLD.done_at IS NULL AND OLD.refusal = '' AND OLD.undone_at IS NULL"
BATCH_GUARDS = (
    guard(models.Batch),
    guard(
        models.BatchCase,
        may_change("done_at", "refusal", when=_PLANNED),
        set_once("undone_by", "undone_at"),
        initial_condition="NEW.undone_at IS NULL",
    ),
)
