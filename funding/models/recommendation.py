"""The Board's advice on a bid."""

from django.db import models
from django.db.models import Q

from bids.models import Bid
from funding.models.meeting import AgendaItem
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.year_amounts import (
    YearAmount,
    positive_amount_constraint,
    unique_amount_constraint,
)


class Outcome(models.TextChoices):
    FUND = "fund", "Fund"
    FUND_LESS = "fund_less", "Fund a smaller amount"
    FUND_WITH_CONDITIONS = "fund_with_conditions", "Fund with conditions"
    SEED_FIRST = "seed_first", "Seed grant first"
    DECLINE = "decline", "Decline"


class Recommendation(models.Model):
    """The Board's advice, which is not the decision. A deferral is not advice."""

    key = keys.field("REC")
    bid = models.OneToOneField(Bid, models.PROTECT, related_name="recommendation")
    item = models.OneToOneField(
        AgendaItem, models.PROTECT, related_name="recommendation"
    )
    outcome = models.CharField(max_length=22, choices=Outcome)
    reasons = fields.Text()
    conditions = fields.Text(blank=True)
    dissent = fields.Text(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="recommendation_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(reasons=""), name="recommendation_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.FUND_WITH_CONDITIONS) | ~Q(conditions=""),
                name="recommendation_conditions",
            ),
        ]

    def __str__(self) -> str:
        return self.outcome

    @property
    def funds(self) -> bool:
        return self.outcome != Outcome.DECLINE


class RecommendedAmount(YearAmount):
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="amounts"
    )

    class Meta(YearAmount.Meta):
        constraints = [
            unique_amount_constraint(
                "recommendation", "financial_year", name="recommended_year_once"
            ),
            positive_amount_constraint("recommended_positive"),
        ]
