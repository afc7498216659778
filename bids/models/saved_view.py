"""Filters of the list of cases that somebody saved under a name."""

from django.db import models

from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.lines import OneLineField

MAX_QUERY = 2_000


class SavedView(models.Model):
    """`query` is the query string of the list. A shared view is offered to everybody
    who reads all cases; whoever opens it sees their own cases in it.
    """

    key = keys.field("VIW")
    owner = models.ForeignKey(
        User, models.CASCADE, related_name="saved_views", db_index=False
    )
    name = OneLineField(max_length=80)
    query = fields.Text(max_length=MAX_QUERY)
    shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_view_name_once",
                violation_error_code="name",
                violation_error_message="You have already saved a view with this name",
            )
        ]

    def __str__(self) -> str:
        return self.name
