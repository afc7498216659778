"""Due diligence on a case: what was looked into before a grant is offered."""

from django.db import models
from django.db.models import Q

from bids.models.expression import Expression
from bids.models.round import DueDiligenceArea
from innovation.accounts.models import User
from innovation.core import fields
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.documents.models import Document


class DueDiligenceState(models.TextChoices):
    UNDER_WAY = "under_way", "Under way"
    SATISFACTORY = "satisfactory", "Satisfactory"
    NOT_SATISFACTORY = "not_satisfactory", "Not satisfactory"


class DueDiligence(models.Model):
    """What somebody found in one area. It never changes: the newest of a case and area
    counts, and says why it was done again.
    """

    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="due_diligence"
    )
    area = models.CharField(max_length=20, choices=DueDiligenceArea)
    state = models.CharField(max_length=20, choices=DueDiligenceState)
    checked_on = models.DateField()
    finding = fields.Text()
    reference = OneLineField(
        max_length=200, blank=True, help_text="Where the evidence is."
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = fields.Text(blank=True, help_text="Why it was done again.")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "due diligence"
        constraints = [
            choices_constraint("area", DueDiligenceArea, "due_diligence_area"),
            choices_constraint("state", DueDiligenceState, "due_diligence_state"),
            models.CheckConstraint(
                condition=Q(state=DueDiligenceState.UNDER_WAY)
                | ~Q(reference="")
                | Q(document__isnull=False),
                name="due_diligence_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(finding=""), name="due_diligence_finding"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.state}"
