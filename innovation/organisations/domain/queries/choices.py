"""The councils and trusts to choose from, under every name one may look for."""

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
    """Key and name of each council open on the day, in order of name.

    One that is known by another name, was renamed, or took over from others appears
    under those names too: `Bournemouth (now Bournemouth, Christchurch and Poole)`.
    Four queries, however many councils.
    """
    keys = dict(
        Organisation.objects.exclude(council=None).values_list("council_id", "key")
    )
    councils = {
        council.pk: council
        for council in Council.objects.prefetch_related("successors")
        if council.pk in keys
    }
    called = _other_names(councils)
    rows = []
    for council in councils.values():
        for now in _council_or_successors(council, on):
            if now.pk == council.pk:
                rows.append((keys[now.pk], now.name))
            names = called[council.pk] | ({council.name} - {now.name})
            rows += [(keys[now.pk], f"{old} (now {now.name})") for old in names]
    return sorted(set(rows), key=lambda row: row[1].casefold())


def trusts() -> list[tuple[str, str]]:
    """Name and how it is shown of each children's services trust that is known; one
    that has another name now appears under both.
    """
    rows = []
    found = Organisation.objects.filter(applicant_type=ApplicantType.CHILDRENS_TRUST)
    for name, notes in found.values_list("name", "notes"):
        rows.append((name, name))
        if notes.startswith(_NOW_PREFIX):
            rows.append((name, f"{notes.removeprefix(_NOW_PREFIX)} (was {name})"))
    return sorted(rows, key=lambda row: row[1].casefold())


def _other_names(councils: dict[str, Council]) -> dict[str, set[str]]:
    """By council, the names that do not begin alike and so would not be found."""
    named = defaultdict(set)
    for council in councils.values():
        named[council.pk].update(council.also_known_as)
    for number, name in CouncilCode.objects.values_list("council_id", "name"):
        named[number].add(name)
    return defaultdict(
        set,
        {
            number: {
                n for n in names if plain_name(n) != plain_name(councils[number].name)
            }
            for number, names in named.items()
            if number in councils
        },
    )


def _council_or_successors(council: Council, on: date) -> list[Council]:
    """The council itself while it is open, else whoever took over."""
    if council.closed_on is None or on <= council.closed_on:
        return [council]
    return [heir for heir in council.successors.all() if heir.official_name]
