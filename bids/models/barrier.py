"""Laws and rules that stand in the way, as cases name them."""

from django.db import models
from django.db.models import Q

from innovation.core import fields
from innovation.core.folding import Fold
from innovation.core.lines import OneLineField


class Barrier(models.Model):
    """A law or rule that prevents the idea, as the applicant names it.

    It stays the same row when its writer changes the words. That of a bid `carries_on`
    the one of its expression, whatever the words of either.
    """

    expression = models.ForeignKey(
        "bids.Expression", models.CASCADE, null=True, related_name="barriers"
    )
    bid = models.ForeignKey(
        "bids.Bid", models.CASCADE, null=True, related_name="barriers"
    )
    carries_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_on_by"
    )
    position = models.PositiveSmallIntegerField(default=0)
    law_or_rule = OneLineField(max_length=200)
    what_it_stops = fields.Text()

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(Fold("law_or_rule"), name="barrier_law_folded")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="barrier_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(carries_on__isnull=True) | Q(bid__isnull=False),
                name="barrier_carried_on_in_bid",
            ),
        ]

    def __str__(self) -> str:
        return self.law_or_rule
