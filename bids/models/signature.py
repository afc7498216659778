"""Signatures of authorisers under expressions and bids."""

from django.db import models
from django.db.models import F, Q

from innovation.accounts.models import User
from innovation.core import keys


class Signature(models.Model):
    """A signature. It is valid for the text at the time: an edit ends it. Ended
    signatures are kept as a record of who agreed to what.
    """

    key = keys.field("SIG")
    expression = models.ForeignKey(
        "bids.Expression", models.CASCADE, null=True, related_name="signatures"
    )
    bid = models.ForeignKey(
        "bids.Bid", models.CASCADE, null=True, related_name="signatures"
    )
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    office = models.CharField(
        max_length=100, blank=True, help_text="As it was when they signed."
    )
    signed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-signed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="signature_under_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("signed_at")),
                name="signature_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["expression"],
                condition=Q(ended_at__isnull=True),
                name="signature_of_expression_once",
            ),
            models.UniqueConstraint(
                fields=["bid"],
                condition=Q(ended_at__isnull=True),
                name="signature_of_bid_once",
            ),
        ]

    def __str__(self) -> str:
        return self.key
