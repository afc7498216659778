"""Made-up councils in a made-up region, so that no made-up case names a real one."""

from innovation.organisations.models import Council, Region

LABEL = "(demonstration)"
PLACES = (
    "Larkmere", "Brackenvale", "Hollinsford", "Quillmoor", "Saltersby", "Netherwyck",
    "Fallowdean", "Tarnbridge",
)  # fmt: skip
_FIRST_NUMBER = 991
"""No council has had a number above 943."""


def load() -> dict[str, Council]:
    """The councils by place, created if they do not exist yet."""
    region, _ = Region.objects.get_or_create(
        code="E12999999", defaults={"name": f"Made-up region {LABEL}"}
    )
    councils = {
        place: Council(
            dfe_number=str(number),
            name=f"{place} {LABEL}",
            official_name=f"{place} Council {LABEL}",
            authority_type="Unitary authority",
            region=region,
            also_known_as=[place],
        )
        for number, place in enumerate(PLACES, start=_FIRST_NUMBER)
    }
    Council.objects.bulk_create(councils.values(), ignore_conflicts=True)
    return councils
