"""Messages between the applicant and the department about a case."""

from django.db import models
from django.db.models import Q

from bids.models.expression import Expression
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint


class Message(models.Model):
    """A message. It is unanswered until the other side answers it or marks it as
    needing no answer. An expression and its bid share one conversation.
    """

    key = keys.field("MSG")
    expression = models.ForeignKey(Expression, models.CASCADE, related_name="messages")
    from_department = models.BooleanField()
    text = fields.Text()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [
            models.Index(
                fields=["from_department", "expression"],
                condition=Q(settled_at__isnull=True),
                name="message_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="message_says_something"
            ),
            all_or_none_constraint(
                "settled_by", "settled_at", name="message_settled_by"
            ),
        ]

    def __str__(self) -> str:
        return self.key
