"""What people tell the team about the service."""

from django.db import models
from django.db.models import Q

from innovation.accounts.models import User
from innovation.core import fields, keys, limits
from innovation.core.models import all_or_none_constraint


class ServiceFeedback(models.Model):
    """`page` is the pattern of an address, such as `/grants/…/`: it names no case. The
    sender is known only if they gave an email address.
    """

    key = keys.field("FBK")
    text = fields.Text(max_length=limits.SERVICE_FEEDBACK)
    email = models.EmailField(blank=True)
    page = models.CharField(max_length=limits.ADDRESS, blank=True)
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["-sent_at", "-id"], name="service_feedback_newest"),
            models.Index(
                fields=["-sent_at", "-id"],
                name="service_feedback_open",
                condition=Q(settled_at=None),
            ),
        ]
        constraints = [
            all_or_none_constraint(
                "settled_at", "settled_by", name="service_feedback_settled_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.key
