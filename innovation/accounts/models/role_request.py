"""Requests to give somebody a role or to take it away, and the answers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from innovation.accounts.models.role import TWO_PERSON_ROLES, TimeLimitedRole
from innovation.accounts.models.user import User
from innovation.accounts.roles import ROLES
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint, choices_constraint


class Change(models.TextChoices):
    GIVE = "give", "Give"
    TAKE = "take", "Take away"


class RequestState(models.TextChoices):
    WAITING = "waiting", "Waiting for a second person"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    TAKEN_BACK = "taken_back", "Taken back"


class RoleRequest(TimeLimitedRole, models.Model):
    """A request of an administrator. For a role that decides, pays, sees everything or
    gives roles it waits for another administrator; for others it is carried out at
    once. Nobody asks or answers about themselves.
    """

    key = keys.field("RRQ")
    user = models.ForeignKey(User, models.PROTECT, related_name="role_requests")
    role = models.CharField(max_length=30)
    change = models.CharField(max_length=10, choices=Change)
    reason = fields.Text()
    starts_at = models.DateTimeField(help_text="When it is meant to be so.")
    ends_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=RequestState, default=RequestState.WAITING
    )
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = fields.Text(blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            choices_constraint("change", Change, "role_request_change"),
            choices_constraint("state", RequestState, "role_request_state"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(ROLES)), name="role_request_role"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="role_request_reason"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="role_request_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("user"))
                & (Q(answered_by__isnull=True) | ~Q(answered_by=F("user"))),
                name="role_request_never_ones_own",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.DONE)
                | ~Q(role__in=TWO_PERSON_ROLES)
                | ~Q(answered_by=F("asked_by")),
                name="role_request_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING, answered_at__isnull=True)
                | ~Q(state=RequestState.WAITING) & Q(answered_at__isnull=False),
                name="role_request_answered_at_a_time",
            ),
            all_or_none_constraint(
                "answered_by", "answered_at", name="role_request_answered_by"
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(answer=""),
                name="role_request_refused_with_reason",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(state=RequestState.WAITING),
                name="role_request_waits_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="role_request_newest")
        ]

    def __str__(self) -> str:
        return self.key

    TAGS: ClassVar[dict[str, tuple[str, str]]] = {
        RequestState.WAITING: ("Waiting", "yellow"),
        RequestState.DONE: ("Done", "green"),
        RequestState.REFUSED: ("Refused", "red"),
        RequestState.TAKEN_BACK: ("Taken back", "grey"),
    }

    @property
    def tag(self) -> tuple[str, str]:
        """The text and colour of the tag."""
        return self.TAGS[self.state]

    @property
    def second_person(self) -> User | None:
        """The person who answered, unless the same person asked."""
        if self.answered_by_id == self.asked_by_id:
            return None
        return self.answered_by

    @property
    def is_waiting(self) -> bool:
        return self.state == RequestState.WAITING

    def get_absolute_url(self) -> str:
        return reverse("accounts:role-request", args=[self.key])
