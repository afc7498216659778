"""Dated facts about councils, each with its published source."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from innovation.audit.models import Chain
from innovation.core import dates, fields, keys
from innovation.core.formatting import format_period
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.organisations.models.council import Council

WRITTEN_DATE = r"^\d{4}(-\d\d(-\d\d)?)?$"
"""A day, month or year in ISO format, as precise as its source."""


class FactKind(models.TextChoices):
    COMMISSIONER = "commissioner", "Commissioner"
    TRUST = "trust", "Children’s services trust"
    PARTNER_IN_PRACTICE = "partner in practice", "Partner in Practice"


INTERVENTIONS = (FactKind.COMMISSIONER, FactKind.TRUST)
"""What the department does where services fail."""


class Confidence(models.TextChoices):
    HIGH = "high", "High: published by the government, Parliament or Ofsted"
    MEDIUM = "medium", "Medium: reported by the press"
    LOW = "low", "Low: not confirmed anywhere else"


class CouncilFactQuerySet(models.QuerySet["CouncilFact"]):
    def known(self, at: datetime | None = None) -> Self:
        """Those that stood in the service at a moment; without one, those of now."""
        if at is None:
            return self.filter(withdrawn_at=None)
        withdrawn_later = Q(withdrawn_at=None) | Q(withdrawn_at__gt=at)
        return self.filter(withdrawn_later, recorded_at__lte=at)

    def on(self, written_day: str, known_at: datetime | None = None) -> Self:
        """Those that were so on a day in ISO format. One that began in a month or year
        counts from its first day, and one that ended in it until then.
        """
        runs = Q(ended="") | Q(ended__gt=written_day)
        if known_at is not None:
            runs |= Q(end_recorded_at__gt=known_at)
        return self.filter(runs, started__lte=written_day)


class CouncilFact(models.Model):
    """What a source says of a council from a date on, until it ends.

    A fact is never changed. It is ended once, with a date and a source; a wrong one is
    withdrawn with a reason, and stays readable. `recorded_at`, `end_recorded_at` and
    `withdrawn_at` say since when the service knows it.
    """

    key = keys.field("FCT")
    chain = models.OneToOneField(
        Chain, models.PROTECT, related_name="+", editable=False
    )
    council = models.ForeignKey(Council, models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=20, choices=FactKind)
    what = OneLineField(max_length=200)
    started = models.CharField(max_length=10)
    source = OneLineField(max_length=400)
    confidence = models.CharField(max_length=10, choices=Confidence)
    recorded_at = models.DateTimeField()
    ended = models.CharField(max_length=10, blank=True)
    end_source = OneLineField(max_length=400, blank=True)
    end_recorded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = fields.Text(blank=True)

    objects = CouncilFactQuerySet.as_manager()

    class Meta:
        ordering = ["-started", "-id"]
        constraints = [
            choices_constraint("kind", FactKind, "council_fact_kind"),
            choices_constraint("confidence", Confidence, "council_fact_confidence"),
            models.CheckConstraint(
                condition=Q(started__regex=WRITTEN_DATE), name="council_fact_started"
            ),
            models.CheckConstraint(
                condition=Q(ended="", end_source="", end_recorded_at__isnull=True)
                | Q(ended__regex=WRITTEN_DATE, end_recorded_at__isnull=False)
                & ~Q(end_source=""),
                name="council_fact_ends_with_source",
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(source=""), name="council_fact_has_source"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="council_fact_withdrawn_because",
            ),
            models.UniqueConstraint(
                fields=["council", "kind", "started", "what"],
                condition=Q(withdrawn_at=None),
                name="council_fact_once",
                violation_error_code="what",
                violation_error_message="This council already has this fact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"

    @property
    def period(self) -> str:
        """`From October 2014 until 2 March 2017`."""
        return format_period(self.started, self.ended)

    @property
    def start(self) -> dates.WrittenDate:
        return dates.read(self.started)
