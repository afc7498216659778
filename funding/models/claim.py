"""Claims of grant holders: what they said when they asked for an instalment."""

from django.db import models

from funding.models.payment import Payment
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.money import MoneyField


class Claim(models.Model):
    """A claim, as it was sent. If finance sends the payment back, a new claim follows.

    `spent` is what the holder has spent of the whole grant so far.
    """

    key = keys.field("CLM")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="claims")
    spent = MoneyField()
    note = fields.Text(blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(spent__gte=0), name="claim_spent_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def chain(self) -> Chain:
        return self.payment.award.chain
