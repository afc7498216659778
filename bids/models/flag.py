"""Flags that officials raise on a case, and why one was taken forward all the same."""

from django.db import models
from django.db.models import F, Q

from bids.models.expression import Expression
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint, choices_constraint


class Team(models.TextChoices):
    """The teams of the department that look into a flag."""

    POLICY = "policy", "Policy"
    FINANCE = "finance", "Finance"
    LEGAL = "legal", "Legal"
    COUNTER_FRAUD = "counter_fraud", "Counter-fraud"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    COMMUNICATIONS = "communications", "Communications"


class Flag(models.Model):
    """Something about a case that a team has to look into. It is open until somebody
    resolves it with a reason; whoever resolved it wrongly raises another.
    """

    key = keys.field("FLG")
    expression = models.ForeignKey(Expression, models.CASCADE, related_name="flags")
    team = models.CharField(max_length=20, choices=Team)
    reason = fields.Text()
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    resolution = fields.Text(blank=True)
    resolved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["raised_at", "id"]
        indexes = [
            models.Index(
                F("expression"),
                F("team"),
                name="flag_open",
                condition=Q(resolved_at__isnull=True),
            )
        ]
        constraints = [
            choices_constraint("team", Team, "flag_team"),
            models.CheckConstraint(condition=~Q(reason=""), name="flag_reason"),
            all_or_none_constraint(
                "resolved_by", "resolved_at", name="flag_resolved_by"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) ^ ~Q(resolution=""),
                name="flag_resolution",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class TriageException(models.Model):
    """Why a case was taken forward although a check was not met or a flag was open."""

    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="triage_exceptions"
    )
    reason = fields.Text()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="triage_exception_reason"
            )
        ]

    def __str__(self) -> str:
        return f"exception of {self.given_at}"
