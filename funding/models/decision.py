"""The decision, kept apart from the advice."""

from django.db import models
from django.db.models import Q

from bids.models import Bid, Reconsideration
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.year_amounts import (
    YearAmount,
    positive_amount_constraint,
    unique_amount_constraint,
)


class Verdict(models.TextChoices):
    APPROVE = "approve", "Approve"
    DECLINE = "decline", "Decline"


class Decision(models.Model):
    """The minister's, or for a seed grant the delegated approver's. A bid has a second
    one if the first declined it and was set aside: see `reconsideration`.
    """

    key = keys.field("DEC")
    bid = models.ForeignKey(
        Bid, models.PROTECT, related_name="decisions", db_index=False
    )
    reconsideration = models.OneToOneField(
        Reconsideration, models.PROTECT, null=True, related_name="decision"
    )
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = fields.Text(blank=True)
    departs_from_advice = models.BooleanField(default=False)
    overspend_reason = fields.Text(blank=True)
    overspend_by = models.CharField(max_length=40, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "reconsideration"],
                name="decision_once",
                nulls_distinct=False,
            ),
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


class DecidedAmount(YearAmount):
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="amounts")

    class Meta(YearAmount.Meta):
        constraints = [
            unique_amount_constraint(
                "decision", "financial_year", name="decided_year_once"
            ),
            positive_amount_constraint("decided_positive"),
        ]
