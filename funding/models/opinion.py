"""A Board member's view on a bid."""

from django.db import models

from funding.models.meeting import AgendaItem
from innovation.accounts.models import User
from innovation.core import fields


class Opinion(models.Model):
    """A member's view on a bid, before or at the meeting."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="opinions")
    member = models.ForeignKey(User, models.PROTECT, related_name="opinions")
    text = fields.Text()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="opinion_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]
