"""Decisions, separate from the Board's advice, and the ledger of the money."""

from django.db import models
from django.db.models import Q

from bids.models import Bid, Envelope
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.money import MoneyField


class Verdict(models.TextChoices):
    APPROVE = "approve", "Approve"
    DECLINE = "decline", "Decline"


class Decision(models.Model):
    """The minister's, or for a seed grant the delegated approver's."""

    key = keys.field("DEC")
    bid = models.OneToOneField(Bid, models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = fields.Text(blank=True)
    departs_from_advice = models.BooleanField(default=False)
    overspend_reason = fields.Text(blank=True)
    overspend_by = models.CharField(max_length=40, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="decision_verdict"
            ),
            models.CheckConstraint(
                condition=Q(departs_from_advice=False) | ~Q(reason=""),
                name="decision_departing_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(overspend_reason="", overspend_by="")
                | ~Q(overspend_reason="") & ~Q(overspend_by=""),
                name="decision_overspend_is_named",
            ),
        ]

    def __str__(self) -> str:
        return self.verdict


class DecidedAmount(models.Model):
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="amounts")
    financial_year = models.PositiveSmallIntegerField()
    amount = MoneyField()

    class Meta:
        ordering = ["financial_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "financial_year"], name="decided_year_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="decided_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.financial_year}: {self.amount}"


class MoneyStatus(models.TextChoices):
    PIPELINE = "pipeline", "Pipeline"
    RECOMMENDED = "recommended", "Recommended"
    APPROVED = "approved", "Approved"
    AGREED = "agreed", "Agreed"
    PAID = "paid", "Paid"
    RECOVERED = "recovered", "Recovered"


class Precision(models.TextChoices):
    """The precision in an announcement. `ALMOST` and `ESTIMATED` are sources' words."""

    EXACT = "exact", "exactly"
    MORE_THAN = "more than", "more than"
    UP_TO = "up to", "up to"
    ABOUT = "about", "about"
    ALMOST = "almost", "almost"
    ESTIMATED = "estimated", "an estimated"


class MoneyLine(models.Model):
    """A line of the ledger: envelope, financial year, status, amount, precision,
    source.

    A line is written when money reaches a status, and never changes. The total of a
    case at a status is the sum of its lines. An approval locks the envelope first, so
    that two decisions cannot spend the same money.
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
