"""The guards of organisations and their numbers."""

from innovation.audit.guards import guard, may_change
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
    ),
    guard(models.Identifier),
)
EXCUSED = {
    models.Council: _FACTS,
    models.Council.successors.through: _FACTS,
    models.CouncilCode: _FACTS,
    models.CouncilGroup: _FACTS,
    models.CouncilGroup.councils.through: _FACTS,
    models.InterventionStatus: _FACTS,
    models.OfstedJudgement: _FACTS,
    models.PartnerInPractice: _FACTS,
    models.ReferenceData: "which files were loaded",
    models.Region: _FACTS,
    models.RunsServices: _FACTS,
}
