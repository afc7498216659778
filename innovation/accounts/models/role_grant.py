"""Grants of roles, with their begin and end."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from innovation.accounts.models.role import TWO_PERSON_ROLES, TimeLimitedRole
from innovation.accounts.models.role_request import RoleRequest
from innovation.accounts.models.user import User
from innovation.accounts.roles import ROLES
from innovation.core import fields, keys
from innovation.core.models import choices_constraint


class Origin(models.TextChoices):
    """Where a grant comes from, if not from a request."""

    REQUEST = "request", "Asked for"
    JOINED = "joined", "Signed up or was invited"
    SERVICE = "service", "Made on the service’s machine"
    CARRIED_OVER = "carried_over", "Held before this was recorded"


class RoleGrant(TimeLimitedRole, models.Model):
    """A role that somebody holds, held or will hold. `ends_at` is when it is due to
    end; `ended_at` is when it was taken away, or its end was recorded. It gives no
    permissions after its end, recorded or not.
    """

    key = keys.field("RGR")
    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=30)
    origin = models.CharField(max_length=20, choices=Origin)
    request = models.OneToOneField(
        RoleRequest, models.PROTECT, null=True, blank=True, related_name="grant"
    )
    reason = fields.Text(blank=True, help_text="Where no request says it.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending_request = models.ForeignKey(
        RoleRequest, models.PROTECT, null=True, blank=True, related_name="ended_grants"
    )
    warned_at = models.DateTimeField(
        null=True, blank=True, help_text="When its holder was told of the end."
    )

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            choices_constraint("origin", Origin, "role_grant_origin"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(ROLES)), name="role_grant_role"
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.REQUEST, request__isnull=False)
                | ~Q(origin=Origin.REQUEST) & Q(request__isnull=True),
                name="role_grant_asked_for",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.JOINED) | ~Q(role__in=TWO_PERSON_ROLES),
                name="role_grant_nobody_joins_with_power",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="role_grant_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(begun_at__isnull=False, ended_at__isnull=True),
                name="role_grant_in_force_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="role_grant_newest"),
            models.Index(
                fields=["starts_at"],
                name="role_grant_to_begin",
                condition=Q(begun_at__isnull=True, ended_at__isnull=True),
            ),
            models.Index(
                fields=["ends_at"],
                name="role_grant_to_end",
                condition=Q(ended_at__isnull=True, ends_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def state_at(self, at: datetime) -> tuple[str, str]:
        """The text and colour of the tag."""
        end = self.ended_at or self.ends_at
        if end is not None and end <= at:
            return "Ended", "grey"
        return ("To come", "blue") if at < self.starts_at else ("In force", "green")
