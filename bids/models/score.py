"""Scores, each with its reason; moderated where assessors are far apart."""

from django.db import models
from django.db.models import Q

from bids.models.assessment import Assessment
from bids.models.bid import Bid
from bids.models.round import Criterion
from innovation.accounts.models import User
from innovation.core import fields


class Score(models.Model):
    """`value` is empty exactly when the criterion does not apply: never a zero."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    justification = fields.Text()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="score_once"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, not_applicable=True)
                | Q(value__isnull=False, not_applicable=False),
                name="score_or_not_applicable",
            ),
            models.CheckConstraint(
                condition=~Q(justification=""), name="score_justified"
            ),
        ]

    def __str__(self) -> str:
        return "not applicable" if self.value is None else str(self.value)


class ModeratedScore(models.Model):
    """Agreed after a wide spread. The first scores stay as they were."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="moderated_scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    reason = fields.Text()
    moderated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    moderated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "criterion"], name="moderated_score_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="moderated_score_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)
