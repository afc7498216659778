"""Made-up organisations in made-up places. Some of the councils have a number."""

from datetime import datetime

from funding.demo_data import councils
from funding.demo_data.councils import LABEL
from innovation.audit.events import SERVICE
from innovation.organisations.domain import organisations
from innovation.organisations.models import ApplicantType, Organisation

PLACES = (
    *councils.PLACES, "Ottermouth", "Greyfell", "Wexcombe", "Thornwater", "Pennacre",
    "Mistleham", "Rookhurst", "Sallowfield", "Dunmarsh", "Ivelcross", "Gorsebury",
    "Hawkstead",
)  # fmt: skip
KINDS = (
    ("{} Council", ApplicantType.LOCAL_AUTHORITY),
    ("{} Families Together", ApplicantType.CHARITY),
    ("{} Children’s Services Trust", ApplicantType.CHILDRENS_TRUST),
)
COUNCIL = f"Larkmere Council {LABEL}"
CHARITY = f"Brackenvale Families Together {LABEL}"
TRUST = f"Hollinsford Children’s Services Trust {LABEL}"
NEWCOMER = f"Quillmoor Council {LABEL}"
"""Its first person asks to join it."""
EVALUATOR = f"Wexcombe Institute of Evaluation {LABEL}"


def load(*, at: datetime) -> list[Organisation]:
    """The made-up organisations, created if they do not exist yet, in a fixed order."""
    kinds_by_name = {
        f"{pattern.format(place)} {LABEL}": kind
        for pattern, kind in KINDS
        for place in PLACES
    } | {EVALUATOR: ApplicantType.COMPANY}
    councils_by_name = {row.official_name: row for row in councils.load().values()}
    existing_names = set(
        Organisation.objects.filter(name__in=kinds_by_name).values_list(
            "name", flat=True
        )
    )
    organisations.register_all(
        (
            Organisation(
                name=name,
                applicant_type=kind,
                council=councils_by_name.get(name),
                demonstration=True,
            )
            for name, kind in kinds_by_name.items()
            if name not in existing_names
        ),
        by=SERVICE,
        at=at,
    )
    rows = Organisation.objects.filter(name__in=kinds_by_name).exclude(name=EVALUATOR)
    return sorted(rows, key=lambda organisation: organisation.name)


def get_organisation(name: str) -> Organisation:
    return Organisation.objects.get(name=name)
