"""The Investment Board’s meetings: attendance and agenda."""

from django.db import models
from django.db.models import Q

from bids.models import Bid
from funding.states import MeetingState
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint


class Meeting(models.Model):
    key = keys.field("MTG")
    chain = models.OneToOneField(Chain, models.PROTECT, related_name="+")
    title = OneLineField(max_length=120)
    starts_at = models.DateTimeField()
    quorum = models.PositiveSmallIntegerField(default=3)
    state = models.CharField(
        max_length=12, choices=MeetingState, default=MeetingState.PLANNED
    )
    minutes = fields.Text(blank=True)
    members = models.ManyToManyField(
        User, through="funding.Attendance", related_name="meetings"
    )

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            choices_constraint("state", MeetingState, "meeting_state"),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.MINUTED) | ~Q(minutes=""),
                name="meeting_minuted_has_minutes",
            ),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="meeting_quorum"),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """A member invited to a meeting; `present` is known once it was held."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(User, models.PROTECT, related_name="attendance")
    present = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"], name="attendance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.meeting_id}"


class AgendaItem(models.Model):
    key = keys.field("ITM")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField(default=0)
    paper = fields.Text(help_text="The department's advice to the Board.")
    deferred_at = models.DateTimeField(null=True, blank=True)
    deferral_reason = fields.Text(blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "bid"],
                name="agenda_item_once",
                violation_error_message="This bid is already on this meeting’s agenda.",
            ),
            # A bid is on one agenda at a time; deferred items are history.
            models.UniqueConstraint(
                fields=["bid"],
                condition=Q(deferred_at__isnull=True),
                name="agenda_item_one_live",
                violation_error_message="This bid is already on an agenda.",
            ),
            models.CheckConstraint(
                condition=Q(deferred_at__isnull=True, deferral_reason="")
                | Q(deferred_at__isnull=False) & ~Q(deferral_reason=""),
                name="agenda_item_deferred_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.position} of {self.meeting_id}"
