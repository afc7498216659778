from innovation.organisations.models.council import (
    Council,
    CouncilCode,
    CouncilGroup,
    InterventionStatus,
    OfstedJudgement,
    PartnerInPractice,
    Region,
)
from innovation.organisations.models.organisation import Identifier, Organisation

__all__ = [
    "Council",
    "CouncilCode",
    "CouncilGroup",
    "Identifier",
    "InterventionStatus",
    "OfstedJudgement",
    "Organisation",
    "PartnerInPractice",
    "Region",
]
