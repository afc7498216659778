"""Changes to a grant."""

from django.db import models
from django.db.models import Q

from funding.models.award import Award
from funding.states import VariationState
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint, choices_constraint


class Variation(models.Model):
    """A change to what was agreed, asked for and answered with a reason."""

    key = keys.field("VAR")
    award = models.ForeignKey(Award, models.PROTECT, related_name="variations")
    what_changes = fields.Text()
    reason = fields.Text()
    state = models.CharField(
        max_length=8, choices=VariationState, default=VariationState.ASKED
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = fields.Text(blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=VariationState.ASKED, answered_at__isnull=True)
                | ~Q(state=VariationState.ASKED) & Q(answered_at__isnull=False),
                name="variation_answered",
            ),
            choices_constraint("state", VariationState, "variation_state"),
            models.CheckConstraint(
                condition=~Q(state=VariationState.REFUSED) | ~Q(answer=""),
                name="variation_refused_has_reason",
            ),
            all_or_none_constraint(
                "answered_by", "answered_at", name="variation_answered_by"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def chain(self) -> Chain:
        return self.award.chain
