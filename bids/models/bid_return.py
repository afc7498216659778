"""A bid sent back to its applicant, and why."""

from django.db import models
from django.db.models import Q

from bids.models.bid import Bid
from innovation.accounts.models import User
from innovation.core import fields


class Return(models.Model):
    """A bid given back to its applicant, and what it still needs."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="returns")
    reason = fields.Text()
    returned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField()

    class Meta:
        ordering = ["returned_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="return_says_why")
        ]

    def __str__(self) -> str:
        return self.reason[:60]
