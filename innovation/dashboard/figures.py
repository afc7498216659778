"""The minister's sentence as at a date, from the tallies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain.queries import awards
from funding.models import Award
from innovation.accounts.permissions import Visitor, has_permission
from innovation.accounts.roles import Permission
from innovation.audit import figures
from innovation.core import statements
from innovation.core.clock import end_of_day
from innovation.organisations.models import Council

PROJECTS = "projects_funded"
COUNCILS = "councils_redesigning"


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A number of the sentence; `href` is the list of the cases it counts. `made_up` of
    them are only counted because something is made up for the demonstration.
    """

    number: int
    words: str
    href: str = ""
    made_up: int = 0


_FIGURE_WORDS = (
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """The minister's sentence. `revisions` say what was changed of it later."""

    parts: list[SentencePart]
    revisions: list["RevisionNote"]


@dataclass(frozen=True, slots=True)
class RevisionNote:
    """What was revised on a day: “32 more projects funded”."""

    revised_on: date
    changes: list[str]


def sentence(day: date, reader: Visitor) -> Sentence:
    known = figures.read(day)
    parts = []
    for figure, singular, plural in _FIGURE_WORDS:
        number = known.values.get(figure, 0)
        words = singular if number == 1 else plural
        href = _cases_href(figure, day, reader)
        parts.append(SentencePart(number, words, href, _made_up_count(figure, day)))
    return Sentence(parts, _revision_notes(known.revisions))


def revision_notes(figure: str, day: date) -> list[RevisionNote]:
    """What was revised of one figure as at this day."""
    return _revision_notes(
        [row for row in figures.read(day).revisions if row.figure == figure]
    )


def _revision_notes(revisions: Sequence[figures.Revision]) -> list[RevisionNote]:
    changes: dict[date, list[str]] = {revision.revised_on: [] for revision in revisions}
    for figure, singular, plural in _FIGURE_WORDS:
        for revision in revisions:
            if revision.figure == figure:
                number = abs(revision.change)
                more = "more" if revision.change > 0 else "fewer"
                words = singular if number == 1 else plural
                changes[revision.revised_on].append(f"{number:,} {more} {words}")
    return [RevisionNote(day, texts) for day, texts in changes.items()]


def _made_up_count(figure: str, day: date) -> int:
    """How many projects or councils of the figure are counted only because something is
    made up, as in the demonstration.
    """
    rows = _MADE_UP_ROWS.get(figure)
    if rows is None or not settings.DEMONSTRATION:
        return 0
    return statements.count(rows, day, end_of_day(day))


def _made_up_projects(day: date, until: datetime) -> QuerySet[Award]:
    return _counted(PROJECTS, day, until).filter(demonstration=True)


def _made_up_councils(day: date, until: datetime) -> QuerySet[Council]:
    counted = _counted(COUNCILS, day, until).exclude(councils=None)
    made_up = counted.filter(demonstration=True)
    real = counted.filter(demonstration=False)
    return Council.objects.filter(pk__in=made_up.values("councils")).exclude(
        pk__in=real.values("councils")
    )


_MADE_UP_ROWS = {PROJECTS: _made_up_projects, COUNCILS: _made_up_councils}


def _cases_href(figure: str, day: date, reader: Visitor) -> str:
    """The list of what is counted; empty for users who may not see it."""
    if figure == PROJECTS:
        return f"{reverse('dashboard:projects')}?as_at={day}"
    if figure == COUNCILS:
        return f"{reverse('dashboard:councils')}?as_at={day}"
    if not has_permission(reader, Permission.READ_FIGURES) or not has_permission(
        reader, Permission.READ_ALL_CASES
    ):
        return ""
    return f"{reverse('bids:cases')}?counted={figure}&as_at={day}"


def projects(day: date) -> QuerySet[Award]:
    """The awards counted at the end of `day`, oldest first."""
    return _public_awards_in_figure(PROJECTS, day).select_related("lead", "idea_type")


def councils(day: date) -> Sequence[tuple[Council, list[Award]]]:
    """Each council counted at the end of `day`, with its awards."""
    numbers = figures.members(COUNCILS, day)
    awards_by_council: dict[str, list[Award]] = {number: [] for number in numbers}
    for award in _public_awards_in_figure(COUNCILS, day).prefetch_related("councils"):
        for council in award.councils.all():
            awards_by_council.get(council.pk, []).append(award)
    council_rows = Council.objects.filter(pk__in=numbers).order_by("name", "pk")
    return [(council, awards_by_council[council.pk]) for council in council_rows]


def _public_awards_in_figure(figure: str, day: date) -> QuerySet[Award]:
    return _counted(figure, day, end_of_day(day)).order_by("dated_on", "id")


def _counted(figure: str, day: date, until: datetime) -> QuerySet[Award]:
    return awards.awards_in_figure(policies.public_awards(day), figure, until)
