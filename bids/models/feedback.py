"""Feedback to declined applicants, by criterion."""

from django.db import models
from django.db.models import Q

from bids.models.bid import Bid
from bids.models.expression import Expression
from bids.models.reconsideration import Reconsideration
from bids.models.round import Criterion
from innovation.core import fields


class Feedback(models.Model):
    """Why an expression or bid was declined, criterion by criterion. If a decline was
    set aside and it is declined again, there is feedback on each decision.
    """

    expression = models.ForeignKey(
        Expression, models.CASCADE, null=True, related_name="feedback"
    )
    bid = models.ForeignKey(Bid, models.CASCADE, null=True, related_name="feedback")
    reconsideration = models.ForeignKey(
        Reconsideration,
        models.PROTECT,
        null=True,
        related_name="feedback",
        help_text="The one after which it was declined again.",
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    text = fields.Text()

    class Meta:
        ordering = ["criterion__position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="feedback_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_why"),
            models.UniqueConstraint(
                fields=["expression", "criterion", "reconsideration"],
                name="feedback_expression_once",
                condition=Q(expression__isnull=False),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["bid", "criterion", "reconsideration"],
                name="feedback_bid_once",
                condition=Q(bid__isnull=False),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
