"""Invitations to join an organisation, by email address."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from innovation.accounts.models.membership import Office, Standing, position_of
from innovation.accounts.models.user import User
from innovation.core import keys
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.organisations.models import Organisation

INVITATION_LIFE = timedelta(days=14)


class Invitation(models.Model):
    """An invitation. It does not show whether the address has an account. `name` is
    what the inviter typed: a letter names it only to them, and a newcomer can correct
    it. With `hands_over` the inviter leaves the organisation once it is accepted.
    """

    key = keys.field("INV")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    name = OneLineField(max_length=150)
    standing = models.CharField(max_length=20, choices=Standing)
    office = models.CharField(max_length=20, choices=Office, blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    hands_over = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-invited_at", "-id"]
        indexes = [models.Index(fields=["email"], name="invitation_to")]
        constraints = [
            choices_constraint("standing", Standing, "invitation_standing"),
            models.CheckConstraint(
                condition=Q(office__in=["", *Office.values]), name="invitation_office"
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_email_lower"
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(ended_at=None),
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | Q(ended_at__isnull=False),
                name="invitation_accepted_is_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"

    @property
    def position(self) -> str:
        return position_of(self.standing, self.office)

    @property
    def lapses_at(self) -> datetime:
        return self.invited_at + INVITATION_LIFE

    @property
    def has_lapsed(self) -> bool:
        """Whether it ended because nobody accepted it in time."""
        return self.ended_at is None or self.ended_at == self.lapses_at

    def is_open(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.lapses_at
