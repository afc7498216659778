"""The minister's sentence, as at a date: figures read from the tallies alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain.queries import awards
from funding.models import Award
from innovation.accounts.permissions import holds
from innovation.accounts.roles import Permission
from innovation.audit import figures
from innovation.organisations.models import Council

PROJECTS = "projects_funded"
COUNCILS = "councils_redesigning"


@dataclass(frozen=True, slots=True)
class Part:
    """One number of the sentence; `href` leads to the cases behind it."""

    number: int
    words: str
    href: str = ""


_WORDS = (
    ("expressions", "expression of interest", "expressions of interest"),
    (
        "bids_in_development",
        "being worked up for the Investment Board",
        "being worked up for the Investment Board",
    ),
    (PROJECTS, "project funded", "projects funded"),
    (
        COUNCILS,
        "local authority redesigning its social work",
        "local authorities redesigning their social work",
    ),
)


def sentence(day: date, reader: Any) -> list[Part]:
    found = figures.as_at(day)
    parts = []
    for figure, one, many in _WORDS:
        number = found.get(figure, 0)
        words = one if number == 1 else many
        parts.append(Part(number, words, _behind(figure, day, reader)))
    return parts


def _behind(figure: str, day: date, reader: Any) -> str:
    """Nowhere for those who would find there only what they may not see."""
    if not holds(reader, Permission.READ_FIGURES):
        return ""
    if figure == PROJECTS:
        return f"{reverse('dashboard:projects')}?as_at={day}"
    if figure == COUNCILS:
        return f"{reverse('dashboard:councils')}?as_at={day}"
    if not holds(reader, Permission.READ_ALL_CASES):
        return ""
    return f"{reverse('bids:cases')}?counted={figure}&as_at={day}"


def projects(day: date) -> QuerySet[Award]:
    """The awards the figure counts at the end of `day`, oldest first."""
    return _behind_the_public(PROJECTS, day).select_related("lead", "idea_type")


def councils(day: date) -> Sequence[tuple[Council, list[Award]]]:
    """Each council counted at the end of `day`, with the awards that name it."""
    numbers = figures.members(COUNCILS, day)
    named: dict[str, list[Award]] = {number: [] for number in numbers}
    for award in _behind_the_public(COUNCILS, day).prefetch_related("councils"):
        for council in award.councils.all():
            named.get(council.pk, []).append(award)
    known = Council.objects.filter(pk__in=numbers).order_by("name")
    return [(council, named[council.pk]) for council in known]


def _behind_the_public(figure: str, day: date) -> QuerySet[Award]:
    announced = awards.counted(policies.public_awards(day), figure, day)
    return announced.order_by("dated_on", "id")
