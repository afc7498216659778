"""Role requests and grants: who holds which role, when, and who decided it."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from innovation.accounts.models.user import User
from innovation.accounts.roles import POWERFUL_ROLES, ROLES
from innovation.core import fields, keys
from innovation.core.clock import london_day
from innovation.core.models import all_or_none_constraint, choices_constraint

TWO_PERSON_ROLES = sorted(POWERFUL_ROLES)


class TimeLimitedRole:
    """The base of a request and a grant, which may have an end."""

    role: str
    ends_at: datetime | None

    @property
    def title(self) -> str:
        return ROLES[self.role].title

    @property
    def last_day(self) -> date | None:
        """The last day, in London."""
        if self.ends_at is None:
            return None
        return london_day(self.ends_at - timedelta(microseconds=1))


class Change(models.TextChoices):
    GIVE = "give", "Give"
    TAKE = "take", "Take away"


class RequestState(models.TextChoices):
    WAITING = "waiting", "Waiting for a second person"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    TAKEN_BACK = "taken_back", "Taken back"


class RoleRequest(TimeLimitedRole, models.Model):
    """An administrator's request to give or take away a role. For a role that decides,
    pays, sees everything or gives roles, another administrator has to confirm it; other
    roles change at once. Nobody makes or answers a request about themselves.
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
        """Words and colour."""
        return self.TAGS[self.state]

    @property
    def second_person(self) -> User | None:
        """The person who answered, if it is not the one who asked."""
        same = self.answered_by_id in {None, self.asked_by_id}
        return None if same else self.answered_by

    @property
    def is_waiting(self) -> bool:
        return self.state == RequestState.WAITING

    def get_absolute_url(self) -> str:
        return reverse("accounts:role-request", args=[self.key])


class Origin(models.TextChoices):
    """The origin of a grant without a request."""

    REQUEST = "request", "Asked for"
    JOINED = "joined", "Signed up or was invited"
    SERVICE = "service", "Made on the service’s machine"
    CARRIED_OVER = "carried_over", "Held before this was recorded"


class RoleGrant(TimeLimitedRole, models.Model):
    """A role that somebody holds, held or will hold. `ends_at` is its planned end;
    `ended_at` is when it was taken away, or when its end was recorded. It gives no
    permissions after its end, even before that is recorded.
    """

    key = keys.field("RGR")
    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=30)
    origin = models.CharField(max_length=20, choices=Origin)
    given = models.OneToOneField(
        RoleRequest, models.PROTECT, null=True, blank=True, related_name="grant"
    )
    reason = fields.Text(blank=True, help_text="Where no request says it.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    taken = models.ForeignKey(
        RoleRequest, models.PROTECT, null=True, blank=True, related_name="taken_from"
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
                condition=Q(origin=Origin.REQUEST, given__isnull=False)
                | ~Q(origin=Origin.REQUEST) & Q(given__isnull=True),
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
        """Words and colour for a tag."""
        end = self.ended_at or self.ends_at
        if end is not None and end <= at:
            return "Ended", "grey"
        return ("To come", "blue") if at < self.starts_at else ("In force", "green")
