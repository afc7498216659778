"""The awards of the lead or the councils of a case, as its reader may know them."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet
from django.urls import reverse

from bids import related_awards
from bids.domain.programmes import of_same_programme
from bids.domain.queries.related_cases import councils_of, references_of_lead
from bids.models import Expression
from bids.related_awards import RelatedAward
from funding import policies
from funding.domain.queries import published_awards
from funding.models import Award
from funding.states import AwardState
from innovation.accounts.models import User
from innovation.core import statements
from innovation.organisations.models import Council

NEWEST = 10


def awards_like(user: User, case: Expression, day: date) -> Iterable[RelatedAward]:
    """For those who do not read awards, the announced ones alone."""
    reads_awards = policies.may_read_awards(user)
    page = "funding:award" if reads_awards else "funding:project"
    public_day = None if reads_awards else day
    rows = statements.fetch(_awards, user, case.pk, public_day)
    return [_related(award, page) for award in rows]


def _awards(reader: User, case: int, public_day: date | None) -> QuerySet[Award]:
    """Each with `same_councils`, and `is_of_lead`; those that are public on this day,
    or all.
    """
    councils = councils_of(case).values("pk")
    of_lead = Q(lead__in=references_of_lead(case))
    in_councils = Award.councils.through.objects.filter(council__in=councils)
    if public_day is None:
        rows = policies.awards_for(reader)
    else:
        closed = policies.bids_in_conflict(reader)
        rows = policies.public_awards(public_day).exclude(bid__in=closed)
    rows = of_same_programme(rows, case)
    rows = rows.filter(of_lead | Q(pk__in=in_councils.values("award")))
    rows = rows.exclude(bid__expression=case).exclude(state=AwardState.RETRACTED)
    same = Council.objects.filter(awards=OuterRef("pk"), pk__in=councils)
    facts = {
        "is_of_lead": ExpressionWrapper(of_lead, BooleanField()),
        "same_councils": ArraySubquery(same.order_by("name").values("name").distinct()),
    }
    described = rows.select_related("lead", "round").annotate(**facts)
    return described.order_by("-dated_on", "-pk")[:NEWEST]


def _related(award: Award, page: str) -> RelatedAward:
    reasons = ["Same lead"] if award.is_of_lead else []
    if award.same_councils:
        reasons.append(f"Also in {', '.join(award.same_councils)}")
    facts = (
        published_awards.lead(award),
        published_awards.amount(award),
        published_awards.date_with_kind(award),
    )
    return RelatedAward(
        title=award.title,
        href=reverse(page, args=[award.key]),
        about=f"{award.key}. {'. '.join(facts)}",
        reasons=". ".join(reasons),
        demonstration=award.demonstration,
    )


def register() -> None:
    related_awards.rules.register(awards_like)
