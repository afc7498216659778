"""A Board member's interest in a case, and what was agreed about it."""

from django.db import models
from django.db.models import Q

from bids.models import Bid
from innovation.accounts.models import User
from innovation.core import fields, keys


class Mitigation(models.TextChoices):
    LEAVES = "leaves", "Takes no part and leaves the room"
    NONE_NEEDED = "none_needed", "No action needed"


class Interest(models.Model):
    """A member's interest in a case and what was agreed about it, by whom and when.

    In 2016 the National Audit Office found no record of the mitigation agreed; here
    an interest cannot be kept without one.
    """

    key = keys.field("INT")
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="interests")
    member = models.ForeignKey(User, models.PROTECT, related_name="interests")
    nature = fields.Text()
    mitigation = models.CharField(max_length=12, choices=Mitigation)
    declared_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=40)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "member"],
                name="interest_once",
                violation_error_code="member",
                violation_error_message="This member’s interest is already recorded",
            ),
            models.CheckConstraint(
                condition=Q(mitigation__in=Mitigation.values),
                name="interest_mitigation",
            ),
            models.CheckConstraint(
                condition=~Q(nature="") & ~Q(agreed_by=""), name="interest_is_recorded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.bid_id}"
