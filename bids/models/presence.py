"""Who has which section of a draft open now."""

from django.db import models
from django.db.models import Q

from innovation.accounts.models import User


class Presence(models.Model):
    """Who had which section of a draft open, and when their page last reported it."""

    expression = models.ForeignKey(
        "bids.Expression", models.CASCADE, null=True, related_name="presences"
    )
    bid = models.ForeignKey(
        "bids.Bid", models.CASCADE, null=True, related_name="presences"
    )
    section = models.SlugField()
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="presence_in_one_thing",
            ),
            models.UniqueConstraint(
                fields=["expression", "section", "user"],
                name="presence_in_expression_once",
            ),
            models.UniqueConstraint(
                fields=["bid", "section", "user"], name="presence_in_bid_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.section}"
