"""The letters that the demonstration's postbox has accepted."""

from django.db import models

from innovation.core import fields, limits
from innovation.core.lines import OneLineField


class PostedLetter(models.Model):
    """A letter in the postbox. As in a real gateway, a reference can occur twice; the
    tests count the rows to check that nothing is sent twice.
    """

    reference = models.UUIDField(db_index=True)
    address = models.EmailField()
    title = OneLineField(max_length=300)
    text = fields.Text(max_length=limits.LETTER)
    files = fields.Json(default=list, db_default=[])
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ["-posted_at", "-id"]
        indexes = [
            models.Index(fields=["address", "-posted_at"], name="posted_to"),
        ]

    def __str__(self) -> str:
        return str(self.reference)
