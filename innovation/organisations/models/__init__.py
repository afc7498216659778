from innovation.organisations.models.council import (
    Council,
    CouncilCode,
    CouncilGroup,
    InterventionStatus,
    OfstedJudgement,
    PartnerInPractice,
    Region,
)
from innovation.organisations.models.organisation import (
    ApplicantType,
    Identifier,
    Organisation,
    OrganisationState,
    RunsServices,
)
from innovation.organisations.models.reference_data import ReferenceData

__all__ = [
    "ApplicantType",
    "Council",
    "CouncilCode",
    "CouncilGroup",
    "Identifier",
    "InterventionStatus",
    "OfstedJudgement",
    "Organisation",
    "OrganisationState",
    "PartnerInPractice",
    "ReferenceData",
    "Region",
    "RunsServices",
]
