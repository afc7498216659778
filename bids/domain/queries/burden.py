"""The burden of a round on applicants: the time from starting a form to sending it."""

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
    """A percentile; 0.5 is the median."""

    name = "Percentile"
    template = "percentile_cont(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, of: str | Combinable, *, part: float, **options: Any) -> None:
        super().__init__(of, part=part, output_field=DurationField(), **options)


def rounds_with_burden(reader: User, *, at: datetime) -> QuerySet[Round]:
    """Rounds with `is_over`, `started_count`, `sent_count`, and the `median_time` and
    `ninth_decile_time` of cases sent. Cases closed to the user are not counted, nor
    imported ones, whose start is unknown.

    Drafts are private to their writers, so the number started is only shown once the
    round is over.
    """
    is_sent = Q(
        expressions__in=policies.cases_for(reader).values("pk"),
        expressions__submitted_at__gt=F("expressions__started_at"),
    )
    over = Q(closes_at__lt=at)
    is_counted = is_sent | over & Q(expressions__submitted_at__isnull=True)
    duration = ExpressionWrapper(
        F("expressions__submitted_at") - F("expressions__started_at"),
        output_field=DurationField(),
    )
    return (
        Round.objects.filter(published=True)
        .annotate(
            is_over=Case(When(over, then=Value(True)), default=Value(False)),
            started_count=Count("expressions", filter=is_counted),
            sent_count=Count("expressions", filter=is_sent),
            median_time=Percentile(duration, part=0.5, filter=is_sent),
            ninth_decile_time=Percentile(duration, part=0.9, filter=is_sent),
        )
        .filter(started_count__gt=0)
        .order_by("-opens_at", "name")
    )
