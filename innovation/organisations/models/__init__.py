from innovation.organisations.models.council import (
    Council,
    CouncilCode,
    CouncilGroup,
    OfstedJudgement,
    Region,
)
from innovation.organisations.models.council_fact import (
    INTERVENTIONS,
    Confidence,
    CouncilFact,
    FactKind,
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
    "INTERVENTIONS",
    "ApplicantType",
    "Confidence",
    "Council",
    "CouncilCode",
    "CouncilFact",
    "CouncilGroup",
    "FactKind",
    "Identifier",
    "OfstedJudgement",
    "Organisation",
    "OrganisationState",
    "ReferenceData",
    "Region",
    "RunsServices",
]
