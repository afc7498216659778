"""The ledger of the programme's money."""

from django.db import models
from django.db.models import Q

from bids.models import Bid, Envelope
from innovation.core.lines import OneLineField
from innovation.core.money import MoneyField
from innovation.core.year_amounts import YearAmounts


class MoneyStatus(models.TextChoices):
    PIPELINE = "pipeline", "Pipeline"
    RECOMMENDED = "recommended", "Recommended"
    APPROVED = "approved", "Approved"
    AGREED = "agreed", "Agreed"
    PAID = "paid", "Paid"
    RECOVERED = "recovered", "Recovered"


class Precision(models.TextChoices):
    """How precisely a source states an amount, in the words of the sources."""

    EXACT = "exact", "exactly"
    MORE_THAN = "more than", "more than"
    UP_TO = "up to", "up to"
    ABOUT = "about", "about"
    ALMOST = "almost", "almost"
    ESTIMATED = "estimated", "an estimated"
    NOT_STATED = "not stated", "not stated"


class MoneyLine(models.Model):
    """One figure: (envelope, financial year, status, amount, precision, source).

    A line is written when money reaches a status and is never changed; what a case has
    at a status is the sum of its lines there. Approving locks the envelope's row first,
    so that two decisions cannot spend the same money.
    """

    envelope = models.ForeignKey(
        Envelope, models.PROTECT, null=True, blank=True, related_name="lines"
    )
    bid = models.ForeignKey(
        Bid, models.PROTECT, null=True, blank=True, related_name="money_lines"
    )
    award = models.ForeignKey(
        "funding.Award",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="money_lines",
    )
    financial_year = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=MoneyStatus)
    amount = MoneyField()
    precision = models.CharField(
        max_length=10, choices=Precision, default=Precision.EXACT
    )
    source = OneLineField(max_length=300)
    recorded_at = models.DateTimeField()

    objects = YearAmounts.as_manager()

    class Meta:
        ordering = ["financial_year", "id"]
        indexes = [
            models.Index(
                fields=["envelope", "financial_year", "status"], name="money_envelope"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MoneyStatus.values), name="money_status"
            ),
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values), name="money_precision"
            ),
            models.CheckConstraint(
                condition=Q(bid__isnull=False) | Q(award__isnull=False),
                name="money_of_a_case",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="money_has_source"),
            models.UniqueConstraint(
                fields=["bid", "status", "source", "financial_year"],
                condition=Q(bid__isnull=False),
                name="money_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.amount}"
