"""The burden of a round on applicants: the time from starting a form to sending it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, Count, DurationField, F

from bids import policies
from bids.domain.programmes import of_main_programme
from bids.models import Expression, Round
from bids.models.expression import TIME_TO_SEND
from innovation.accounts.models import User


class Percentiles(Aggregate):
    """The median and the ninth decile, which share one sorting."""

    template = (
        "percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY %(expressions)s)"
    )
    output_field = ArrayField(DurationField())


@dataclass(frozen=True, slots=True)
class RoundBurden:
    """The times are `None` if nothing was sent."""

    round: Round
    is_over: bool
    started_count: int
    sent_count: int
    median_time: timedelta | None
    ninth_decile_time: timedelta | None


def rounds_with_burden(reader: User, *, at: datetime) -> list[RoundBurden]:
    """The published rounds in which something was started. Cases closed to the reader
    are not counted, nor imported ones, whose start is unknown.

    Drafts are private to their writers, so the number started only includes them once
    the round is over.
    """
    submitted = _sent_by_round(reader)
    unsent = _unsent_by_round(at)
    burdens = []
    published = of_main_programme(Round.objects.filter(published=True), "pk")
    for round in published.order_by("-opens_at", "name", "pk"):
        sent_count, (median, ninth_decile) = submitted.get(round.pk, (0, (None, None)))
        burdens.append(
            RoundBurden(
                round,
                is_over=round.closes_at is not None and round.closes_at < at,
                started_count=sent_count + unsent.get(round.pk, 0),
                sent_count=sent_count,
                median_time=median,
                ninth_decile_time=ninth_decile,
            )
        )
    return [burden for burden in burdens if burden.started_count]


def _sent_by_round(reader: User) -> dict[int, tuple[int, list[timedelta]]]:
    """The number of cases sent, and the median and ninth decile of their times. These
    conditions and columns are those of the index `expression_time_to_send`.
    """
    submitted = policies.cases_for(reader).filter(submitted_at__gt=F("started_at"))
    rows = submitted.order_by().values("round")
    counted = rows.annotate(number=Count("pk"), times=Percentiles(TIME_TO_SEND))
    return {
        pk: (number, times)
        for pk, number, times in counted.values_list("round", "number", "times")
    }


def _unsent_by_round(at: datetime) -> dict[int, int]:
    """The numbers of drafts, withdrawn ones too, in rounds that are over."""
    unsent = Expression.objects.filter(submitted_at=None, round__closes_at__lt=at)
    counted = unsent.order_by().values("round").annotate(number=Count("pk"))
    return dict(counted.values_list("round", "number"))
