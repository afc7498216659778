"""Who belongs to which organisation, and as what."""

from django.db import models

from innovation.accounts.models.user import User
from innovation.core import keys
from innovation.core.models import one_of
from innovation.organisations.models import Organisation


class Standing(models.TextChoices):
    ADMINISTRATOR = "administrator", "Administrator"
    EDITOR = "editor", "Editor"
    VIEWER = "viewer", "Viewer"
    AUTHORISER = "authoriser", "Authoriser"


class Membership(models.Model):
    """Gives nothing until an official (for the first person) or the organisation's
    administrator has confirmed it.
    """

    key = keys.field("MBR")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships"
    )
    standing = models.CharField(max_length=20, choices=Standing)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            one_of("standing", Standing, "membership_standing"),
            models.UniqueConstraint(
                fields=["user", "organisation"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by="")
                | models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by=""),
                name="membership_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}: {self.standing}"
