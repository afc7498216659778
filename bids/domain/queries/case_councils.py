"""The councils of a case, and what was known of them when it was sent."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from bids.domain.applications import Case
from bids.models import Bid
from innovation.core import statements
from innovation.core.clock import london_day
from innovation.organisations.domain.queries import council_facts
from innovation.organisations.domain.queries.council_facts import CouncilFacts
from innovation.organisations.models import Council, RunsServices


def facts_day(case: Case, at: datetime) -> date:
    """The day on which it was sent. Of a bid that is being written, the day of `at`."""
    return london_day(case.submitted_at or at)


def facts_on(case: Case, day: date) -> list[CouncilFacts]:
    """Of the councils where the work happens, the one that leads, and those whose
    services the lead runs. One query.
    """
    rows = statements.values(
        _councils, case.pk, case.lead_id, day, day.isoformat(), variant=(type(case),)
    )
    return council_facts.read_facts(rows)


def _councils(
    model: type[Case], case: int, lead: int, day: date, written_day: str
) -> "QuerySet[Council, tuple[Any, ...]]":
    owner = "bid" if model is Bid else "expression"
    links = model.councils.through.objects.filter(**{owner: case})
    councils = Council.objects.filter(
        Q(pk__in=links.values("council"))
        | Q(organisation=lead)
        | Q(pk__in=RunsServices.objects.filter(organisation=lead).values("council"))
    )
    return council_facts.with_facts(councils, day, written_day)
