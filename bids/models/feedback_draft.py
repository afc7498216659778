"""Feedback that officials prepare before a case is declined."""

from django.db import models

from bids.models.expression import Expression
from bids.models.round import Criterion
from innovation.accounts.models import User
from innovation.core import fields


class FeedbackDraft(models.Model):
    """What the applicant will read on one criterion if the expression is declined. Only
    officials read it until then; giving the feedback deletes it.
    """

    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="feedback_drafts", db_index=False
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    text = fields.Text()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["criterion__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["expression", "criterion"], name="feedback_draft_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="feedback_draft_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
