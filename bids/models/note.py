"""Notes that officials write about a case, for each other."""

from django.db import models

from bids.models.expression import Expression
from innovation.accounts.models import User
from innovation.core import fields


class Note(models.Model):
    """Only officials read it: no applicant, coach or Board, and no export. It is never
    changed or deleted; whoever was wrong writes another.
    """

    expression = models.ForeignKey(Expression, models.CASCADE, related_name="notes")
    text = fields.Text()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return f"note of {self.written_at}"
