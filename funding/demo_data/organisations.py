"""Made-up organisations in made-up places."""

from datetime import datetime

from innovation.audit.events import SERVICE
from innovation.organisations.domain import organisations
from innovation.organisations.models import ApplicantType, Organisation

LABEL = "(demonstration)"
PLACES = (
    "Larkmere", "Brackenvale", "Hollinsford", "Quillmoor", "Saltersby", "Netherwyck",
    "Fallowdean", "Tarnbridge", "Ottermouth", "Greyfell", "Wexcombe", "Thornwater",
    "Pennacre", "Mistleham", "Rookhurst", "Sallowfield", "Dunmarsh", "Ivelcross",
    "Gorsebury", "Hawkstead",
)  # fmt: skip
KINDS = (
    ("{} Council", ApplicantType.LOCAL_AUTHORITY),
    ("{} Families Together", ApplicantType.CHARITY),
    ("{} Children’s Services Trust", ApplicantType.CHILDRENS_TRUST),
)
COUNCIL = f"Larkmere Council {LABEL}"
CHARITY = f"Brackenvale Families Together {LABEL}"
EVALUATOR = f"Wexcombe Institute of Evaluation {LABEL}"


def load(*, at: datetime) -> list[Organisation]:
    """The made-up organisations, created if they do not exist yet, in a fixed order."""
    wanted = {
        f"{pattern.format(place)} {LABEL}": kind
        for pattern, kind in KINDS
        for place in PLACES
    } | {EVALUATOR: ApplicantType.COMPANY}
    here = set(
        Organisation.objects.filter(name__in=wanted).values_list("name", flat=True)
    )
    organisations.register_all(
        (
            Organisation(name=name, applicant_type=kind, demonstration=True)
            for name, kind in wanted.items()
            if name not in here
        ),
        by=SERVICE,
        at=at,
    )
    found = Organisation.objects.filter(name__in=wanted).exclude(name=EVALUATOR)
    return sorted(found, key=lambda each: each.name)


def get_organisation(name: str) -> Organisation:
    return Organisation.objects.get(name=name)
