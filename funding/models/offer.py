"""The offer of a grant: what it says beside the amounts, and who answered it."""

from django.db import models
from django.db.models import F, Q

from funding.models.award import Award
from funding.models.terms import Terms
from innovation.accounts.models import User
from innovation.core import fields
from innovation.core.models import all_or_none_constraint


class Offer(models.Model):
    """The last day to answer, the conditions of this grant, and the version of the
    terms. The state of the award says whether the offer was accepted or declined.
    """

    award = models.OneToOneField(Award, models.PROTECT, related_name="offer")
    terms = models.ForeignKey(
        Terms, models.PROTECT, null=True, blank=True, related_name="offers"
    )
    conditions = fields.Text(blank=True)
    reply_by = models.DateField()
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["reply_by", "id"]
        indexes = [
            models.Index(
                F("reply_by"),
                F("id"),
                name="offer_waiting",
                condition=Q(answered_at__isnull=True),
            )
        ]
        constraints = [
            all_or_none_constraint("answered_by", "answered_at", name="offer_answered")
        ]

    def __str__(self) -> str:
        return f"{self.award.key}, to answer by {self.reply_by}"
