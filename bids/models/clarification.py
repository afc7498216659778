"""Clarifications: questions about an expression of interest, and their answers."""

from django.db import models
from django.db.models import Q

from bids.models.expression import Expression
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint


class Clarification(models.Model):
    """A question to the applicant, open until it is answered or taken back."""

    key = keys.field("CLQ")
    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="clarifications"
    )
    question = fields.Text()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = fields.Text(blank=True, default="")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            all_or_none_constraint(
                "answered_by", "answered_at", name="clarification_answered_by"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="clarification_answered_with_words",
            ),
            all_or_none_constraint(
                "taken_back_by", "taken_back_at", name="clarification_taken_back_by"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(taken_back_at__isnull=True),
                name="clarification_ended_one_way",
            ),
            models.UniqueConstraint(
                fields=["expression"],
                condition=Q(answered_at__isnull=True, taken_back_at__isnull=True),
                name="clarification_one_open",
                violation_error_message="A question is already waiting for an answer.",
            ),
        ]

    def __str__(self) -> str:
        return self.key
