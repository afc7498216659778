"""Claims and reports that a grant holder has begun and not sent."""

from django.db import models
from django.db.models import Q

from funding.models.monitoring import MonitoringReport
from funding.models.payment import Payment
from innovation.accounts.models import User
from innovation.core import fields


class GrantDraft(models.Model):
    """What was typed, by field, valid or not. Only the holder’s people see it, and it
    is deleted when the claim or the report is sent.
    """

    payment = models.OneToOneField(
        Payment, models.CASCADE, null=True, related_name="draft"
    )
    report = models.OneToOneField(
        MonitoringReport, models.CASCADE, null=True, related_name="draft"
    )
    values = fields.Json(default=dict)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(payment__isnull=True) ^ Q(report__isnull=True),
                name="grant_draft_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"A draft of {self.payment or self.report}"
