"""The Investment Board: meetings, agendas, attendance, interests and advice."""

from django.db import models
from django.db.models import Q

from bids.models import Bid
from funding.states import MeetingState
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.core.money import MoneyField


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
        ordering = ["-starts_at"]
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
    """A member invited to a meeting; `present` is set when it has been held."""

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
            # A bid is open on one agenda at a time; deferred items stay.
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


class Mitigation(models.TextChoices):
    LEAVES = "leaves", "Takes no part and leaves the room"
    NONE_NEEDED = "none_needed", "No action needed"


class Interest(models.Model):
    """A member's interest in a case, and what was agreed about it, by whom and when.

    In 2016 the National Audit Office found no record of the agreed mitigation. Here an
    interest cannot be saved without one.
    """

    key = keys.field("INT")
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="interests")
    member = models.ForeignKey(User, models.PROTECT, related_name="interests")
    nature = fields.Text()
    mitigation = models.CharField(max_length=12, choices=Mitigation)
    declared_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=40)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "member"],
                name="interest_once",
                violation_error_code="member",
                violation_error_message="This member’s interest is already recorded",
            ),
            models.CheckConstraint(
                condition=Q(mitigation__in=Mitigation.values),
                name="interest_mitigation",
            ),
            models.CheckConstraint(
                condition=~Q(nature="") & ~Q(agreed_by=""), name="interest_is_recorded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.bid_id}"


class Opinion(models.Model):
    """A member's view on a bid, before or at the meeting."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="opinions")
    member = models.ForeignKey(User, models.PROTECT, related_name="opinions")
    text = fields.Text()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="opinion_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Outcome(models.TextChoices):
    FUND = "fund", "Fund"
    FUND_LESS = "fund_less", "Fund a smaller amount"
    FUND_WITH_CONDITIONS = "fund_with_conditions", "Fund with conditions"
    SEED_FIRST = "seed_first", "Seed grant first"
    DECLINE = "decline", "Decline"


class Recommendation(models.Model):
    """The Board's recommendation, which is not the decision. A deferral is none."""

    key = keys.field("REC")
    bid = models.OneToOneField(Bid, models.PROTECT, related_name="recommendation")
    item = models.OneToOneField(
        AgendaItem, models.PROTECT, related_name="recommendation"
    )
    outcome = models.CharField(max_length=22, choices=Outcome)
    reasons = fields.Text()
    conditions = fields.Text(blank=True)
    dissent = fields.Text(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="recommendation_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(reasons=""), name="recommendation_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.FUND_WITH_CONDITIONS) | ~Q(conditions=""),
                name="recommendation_conditions",
            ),
        ]

    def __str__(self) -> str:
        return self.outcome

    @property
    def funds(self) -> bool:
        return self.outcome != Outcome.DECLINE


class RecommendedAmount(models.Model):
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="amounts"
    )
    financial_year = models.PositiveSmallIntegerField()
    amount = MoneyField()

    class Meta:
        ordering = ["financial_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "financial_year"],
                name="recommended_year_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="recommended_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.financial_year}: {self.amount}"
