"""The list of awards and its filters, for the page and the CSV.

Filters are text from a query string; invalid ones are ignored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import IntegerField, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from bids.models import Round
from funding.events import FundingEvent
from funding.models import Award
from funding.states import AwardState
from innovation.audit.models import Event
from innovation.core.clock import end_of_day
from innovation.core.nulls import without_nulls

FILTER_NAMES = ("q", "state", "round", "council", "announced", "counted", "as_at")
ORDER = ("-dated_on", "-id")
FIGURES = ("projects_funded", "councils_redesigning")
_FIGURE_EVENTS = (
    FundingEvent.AWARD_RECORDED,
    FundingEvent.AWARD_ANNOUNCED,
    FundingEvent.AWARD_ANNOUNCEMENT_CALLED_OFF,
)


@dataclass(frozen=True, slots=True)
class Filters:
    """The valid filters."""

    q: str = ""
    state: str = ""
    round: str = ""
    council: str = ""
    announced: str = ""
    counted: str = ""
    as_at: date | None = None

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "Filters":
        figure = params.get("counted", "")
        return cls(
            q=without_nulls(params.get("q", "")).strip()[:200],
            state=_known_value(params.get("state", ""), AwardState.values),
            round=without_nulls(params.get("round", "")),
            council=without_nulls(params.get("council", "")),
            announced=_known_value(params.get("announced", ""), ["yes", "no"]),
            counted=_known_value(figure, FIGURES),
            as_at=_parse_date(params.get("as_at", "")),
        )


def search(awards: QuerySet[Award], params: Mapping[str, str]) -> QuerySet[Award]:
    """The matching awards."""
    filters = Filters.from_params(params)
    if filters.q:
        awards = awards.filter(
            Q(title__icontains=filters.q)
            | Q(key=filters.q.upper())
            | Q(lead__name__icontains=filters.q)
            | Q(lead_as_published__icontains=filters.q)
        )
    if filters.state:
        awards = awards.filter(state=filters.state)
    if filters.round:
        awards = awards.filter(round__key=filters.round)
    if filters.council:
        awards = awards.filter(councils=filters.council)
    if filters.announced:
        awards = awards.filter(announced_on__isnull=filters.announced == "no")
    if filters.counted:
        awards = awards_in_figure(awards, filters.counted, filters.as_at)
    return awards.order_by(*ORDER)


def awards_in_figure(
    awards: QuerySet[Award], figure: str, day: date | None = None
) -> QuerySet[Award]:
    """The awards that a public figure counts at the end of `day`.

    They are read from the same events as the figure, so that the list and the figure
    agree. Called-off announcements cancel out.
    """
    events = Event.objects.filter(name__in=_FIGURE_EVENTS, tally__has_key=figure)
    if day is not None:
        events = events.filter(at__lte=end_of_day(day))
    times = Cast(KeyTransform("projects_funded", "tally"), IntegerField())
    standing = (
        events.order_by()
        .values("subject")
        .annotate(times=Sum(times))
        .filter(times__gt=0)
    )
    return awards.filter(key__in=standing.values("subject"))


def rounds(awards: QuerySet[Award]) -> list[tuple[str, str]]:
    """The rounds of these awards, as choices of a filter."""
    rows = Round.objects.filter(pk__in=awards.order_by().values("round"))
    return list(rows.order_by("name").values_list("key", "name"))


def _known_value(text: str, values: list[str] | tuple[str, ...]) -> str:
    return text if text in values else ""


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
