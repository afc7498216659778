"""The guards of organisations, their numbers, and the facts of councils."""

from innovation.audit.guards import (
    guard,
    may_change,
    transition_condition,
)
from innovation.organisations import models

_FACTS = "dated facts about councils, loaded from the project’s files"

GUARDS = (
    guard(
        models.Organisation,
        may_change(
            "name",
            "applicant_type",
            "legal_form",
            "council",
            "source",
            "confidence",
            "notes",
        ),
        may_change(
            "claimed_scheme", "claimed_number", when="OLD.state = 'unconfirmed'"
        ),
        may_change(
            "named_at", when="OLD.named_at IS NULL AND OLD.state = 'unconfirmed'"
        ),
        may_change(
            "state",
            when=transition_condition(
                "state",
                {
                    ("unconfirmed", "registered"),
                    ("unconfirmed", "merged"),
                    ("registered", "merged"),
                },
            ),
        ),
        # What it was merged into may be merged into another later.
        may_change("merged_into", when="NEW.state = 'merged'"),
        initial_condition="NEW.state IN ('registered', 'unconfirmed')"
        " AND NEW.named_at IS NULL",
    ),
    guard(models.Identifier),
    guard(
        models.CouncilFact,
        may_change(
            "ended",
            "end_source",
            "end_recorded_at",
            when="OLD.end_recorded_at IS NULL AND OLD.withdrawn_at IS NULL",
        ),
        may_change(
            "withdrawn_at", "withdrawn_because", when="OLD.withdrawn_at IS NULL"
        ),
        initial_condition="NEW.withdrawn_at IS NULL",
    ),
)
EXCUSED = {
    models.Council: _FACTS,
    models.Council.successors.through: _FACTS,
    models.CouncilCode: _FACTS,
    models.CouncilGroup: _FACTS,
    models.CouncilGroup.councils.through: _FACTS,
    models.OfstedJudgement: _FACTS,
    models.ReferenceData: "which files were loaded",
    models.Region: _FACTS,
    models.RunsServices: _FACTS,
}
