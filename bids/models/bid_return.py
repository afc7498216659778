"""Returns of bids to their applicants, with reasons."""

from django.db import models
from django.db.models import Q

from bids.models.bid import Bid
from innovation.accounts.models import User
from innovation.core import fields


class Return(models.Model):
    """The return of a bid to its applicant, with what it still needs."""

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
