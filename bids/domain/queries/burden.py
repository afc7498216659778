"""What a round asks of applicants: the time from opening the form to sending it."""

from datetime import datetime
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from bids import policies
from bids.models import Round
from innovation.accounts.models import User


class Percentile(Aggregate):
    """Of those there are, in order: the 0.5 is the one in the middle."""

    name = "Percentile"
    template = "percentile_cont(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, of: str | Combinable, *, part: float, **more: Any) -> None:
        super().__init__(of, part=part, output_field=DurationField(), **more)


def rounds_with_burden(reader: User, *, at: datetime) -> QuerySet[Round]:
    """Each with `is_over`, `started_count`, `sent_count`, and of those sent the
    `median_time` and `ninth_decile_time`; cases closed to the reader are in none
    of them. Past records, whose start nobody knows, are counted as neither.

    A draft is its writers' own: how many were begun is told once the round is over,
    and of a round that is not, no more than was sent.
    """
    sent = Q(
        expressions__in=policies.cases_for(reader).values("pk"),
        expressions__submitted_at__gt=F("expressions__started_at"),
    )
    over = Q(closes_at__lt=at)
    known = sent | over & Q(expressions__submitted_at__isnull=True)
    took = ExpressionWrapper(
        F("expressions__submitted_at") - F("expressions__started_at"),
        output_field=DurationField(),
    )
    return (
        Round.objects.filter(published=True)
        .annotate(
            is_over=Case(When(over, then=Value(True)), default=Value(False)),
            started_count=Count("expressions", filter=known),
            sent_count=Count("expressions", filter=sent),
            median_time=Percentile(took, part=0.5, filter=sent),
            ninth_decile_time=Percentile(took, part=0.9, filter=sent),
        )
        .filter(started_count__gt=0)
        .order_by("-opens_at", "name")
    )
