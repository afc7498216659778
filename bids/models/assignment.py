"""Assignments of officials and coaches to cases."""

from django.db import models
from django.db.models import Q

from bids.models.expression import Expression
from innovation.accounts.models import User


class Assignment(models.Model):
    """An official or coach is responsible for a case: the expression and its bid."""

    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="assignments"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["assigned_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["expression", "user"],
                condition=Q(ended_at__isnull=True),
                name="assignment_once",
                violation_error_code="user",
                violation_error_message="This person already looks after the case",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
