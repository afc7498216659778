"""What a round asks of applicants: the time from opening the form to sending it."""

from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
)

from bids.models import Round


class Percentile(Aggregate):
    """Of those there are, in order: the 0.5 is the one in the middle."""

    name = "Percentile"
    template = "percentile_cont(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, of: Any, *, part: float, **more: Any) -> None:
        super().__init__(of, part=part, output_field=DurationField(), **more)


def of_rounds() -> QuerySet[Round]:
    """Each with `started`, `sent`, and of those sent the `usual` and the `longest`
    tenth's time. Past records, whose start nobody knows, are counted as neither.
    """
    known = Q(expressions__submitted_at__isnull=True) | Q(
        expressions__submitted_at__gt=F("expressions__started_at")
    )
    sent = Q(expressions__submitted_at__gt=F("expressions__started_at"))
    took = ExpressionWrapper(
        F("expressions__submitted_at") - F("expressions__started_at"),
        output_field=DurationField(),
    )
    return (
        Round.objects.filter(published=True)
        .annotate(
            started=Count("expressions", filter=known),
            sent=Count("expressions", filter=sent),
            usual=Percentile(took, part=0.5, filter=sent),
            longest=Percentile(took, part=0.9, filter=sent),
        )
        .filter(started__gt=0)
        .order_by("-opens_at", "name")
    )
