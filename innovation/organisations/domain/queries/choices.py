"""The councils and trusts to choose from, under all their names."""

from collections import defaultdict
from datetime import date

from innovation.organisations.domain.queries.councils import plain_name
from innovation.organisations.models import (
    ApplicantType,
    Council,
    CouncilCode,
    Organisation,
)

_NOW_PREFIX = "Now "


def council_organisations(*, on: date) -> list[tuple[str, str]]:
    """Key and name of each council open on the day, under all its names: see
    `council_names`.
    """
    keys = dict(
        Organisation.objects.exclude(council=None).values_list("council_id", "key")
    )
    rows = [(keys[council.pk], name) for council, name in council_names(on=on)]
    return sorted(rows, key=lambda row: (row[1].casefold(), row[0]))


def council_names(*, on: date) -> list[tuple[Council, str]]:
    """Each council that is registered and open on the day, with its name.

    It appears under its official name too, and under other and former names, also of
    councils that it replaced: `Bournemouth (now Bournemouth, Christchurch and Poole)`.
    Takes three queries.
    """
    councils = {
        council.pk: council
        for council in Council.objects.filter(
            organisation__isnull=False
        ).prefetch_related("successors")
    }
    other_names = _other_names(councils)
    rows = set()
    for council in councils.values():
        for current in council_or_successors(council, on):
            own_names = {current.name, current.official_name} - {""}
            if current.pk == council.pk:
                rows |= {(current, name) for name in own_names}
            names = other_names[council.pk] | {council.name, council.official_name}
            names -= own_names | {""}
            rows |= {(current, f"{name} (now {current.name})") for name in names}
    return sorted(rows, key=lambda row: (row[1].casefold(), row[0].pk))


def trusts() -> list[tuple[str, str]]:
    """Name and label of each known children's services trust. A renamed one appears
    under both names.
    """
    rows = []
    organisations = Organisation.objects.registered().filter(
        applicant_type=ApplicantType.CHILDRENS_TRUST
    )
    for name, notes in organisations.values_list("name", "notes"):
        rows.append((name, name))
        if notes.startswith(_NOW_PREFIX):
            rows.append((name, f"{notes.removeprefix(_NOW_PREFIX)} (was {name})"))
    return sorted(rows, key=lambda row: (row[1].casefold(), row[0]))


def _other_names(councils: dict[str, Council]) -> dict[str, set[str]]:
    """Names by council that a search for its current name would not find."""
    names_by_council = defaultdict(set)
    for council in councils.values():
        names_by_council[council.pk].update(council.also_known_as)
    codes = CouncilCode.objects.values_list("council_id", "name", "official_name")
    official_names: dict[str, set[str]] = defaultdict(set)
    for number, name, official_name in codes:
        names_by_council[number].add(name)
        official_names[number].add(official_name)
    return defaultdict(
        set,
        {
            number: official_names[number]
            | {n for n in names if plain_name(n) != plain_name(councils[number].name)}
            for number, names in names_by_council.items()
            if number in councils
        },
    )


def council_or_successors(council: Council, on: date) -> list[Council]:
    """The council if it is open, otherwise its successors."""
    if council.closed_on is None or on <= council.closed_on:
        return [council]
    return [
        successor for successor in council.successors.all() if successor.official_name
    ]
