"""The lists of awards and their filters, for the pages, the CSV and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import IntegerField, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from bids.domain.queries.case_filters import (
    CaseFilters,
    read_choice,
    read_day,
    read_text,
)
from bids.models import Round
from funding.events import FundingEvent
from funding.models import Award
from funding.models.award import HAS_ANNOUNCEMENT_DAY
from funding.states import AwardState
from innovation.audit.models import Event
from innovation.core.clock import end_of_day
from innovation.core.nulls import without_nulls

ORDER = ("-dated_on", "-id")
FIGURES = ("projects_funded", "councils_redesigning")
_FIGURE_EVENTS = (
    FundingEvent.AWARD_RECORDED,
    FundingEvent.AWARD_RECOUNTED,
    FundingEvent.AWARD_ANNOUNCED,
    FundingEvent.AWARD_ANNOUNCEMENT_CALLED_OFF,
)


@dataclass(frozen=True, kw_only=True)
class AwardFilters(CaseFilters[Award]):
    """The filters of a list of awards."""

    q: str = ""
    state: str = ""
    announced: str = ""
    counted: str = ""
    as_at: date | None = None
    announced_from: date | None = None
    announced_to: date | None = None

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "AwardFilters":
        """Read the filters in the address of a page; invalid ones are empty."""
        return cls(
            q=read_text(params.get("q", "")),
            state=read_choice(params.get("state", ""), AwardState.values),
            round=without_nulls(params.get("round", "")),
            council=read_text(params.get("council", "")),
            announced=read_choice(params.get("announced", ""), ["yes", "no"]),
            counted=read_choice(params.get("counted", ""), FIGURES),
            as_at=read_day(params.get("as_at", "")),
        )

    def narrow(self, rows: QuerySet[Award]) -> QuerySet[Award]:
        rows = super().narrow(rows)
        if self.q:
            rows = rows.filter(
                Q(title__icontains=self.q)
                | Q(key=self.q.upper())
                | Q(lead__name__icontains=self.q)
                | Q(lead_as_published__icontains=self.q)
            )
        if self.state:
            rows = rows.filter(state=self.state)
        if self.announced:
            rows = rows.filter(announced_on__isnull=self.announced == "no")
        if self.counted:
            until = end_of_day(self.as_at) if self.as_at else None
            rows = awards_in_figure(rows, self.counted, until)
        if self.announced_from:
            rows = rows.filter(
                HAS_ANNOUNCEMENT_DAY, announced_on__gte=self.announced_from
            )
        if self.announced_to:
            rows = rows.filter(
                HAS_ANNOUNCEMENT_DAY, announced_on__lte=self.announced_to
            )
        return rows


def search(awards: QuerySet[Award], params: Mapping[str, str]) -> QuerySet[Award]:
    """The awards that match the filters of a page, in its order."""
    return AwardFilters.read(params).narrow(awards).order_by(*ORDER)


def awards_in_figure(
    awards: QuerySet[Award], figure: str, until: datetime | None = None
) -> QuerySet[Award]:
    """The awards that a public figure counts, up to a moment or now.

    They are read from the same events as the figure, so that the list and the figure
    agree. Called-off announcements cancel out.
    """
    events = Event.objects.filter(name__in=_FIGURE_EVENTS, tally__has_key=figure)
    if until is not None:
        events = events.filter(at__lte=until)
    times = Cast(KeyTransform("projects_funded", "tally"), IntegerField())
    counted = (
        events.order_by()
        .values("subject")
        .annotate(times=Sum(times))
        .filter(times__gt=0)
    )
    return awards.filter(key__in=counted.values("subject"))


def rounds(awards: QuerySet[Award]) -> list[tuple[str, str]]:
    """The keys and names of the rounds of these awards, as choices of a filter."""
    rounds = Round.objects.filter(pk__in=awards.order_by().values("round"))
    return list(rounds.order_by("name", "pk").values_list("key", "name"))
