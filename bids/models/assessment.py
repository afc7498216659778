"""Assessments of bids, and their reopening."""

from django.db import models
from django.db.models import F, Q

from bids.models.bid import Bid
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint


class Assessment(models.Model):
    """An assessor's assessment of a bid. Others' are hidden until it is finished.

    It starts with an assignment by somebody else. Old assessments have none.
    """

    key = keys.field("ASM")
    bid = models.ForeignKey(Bid, models.CASCADE, related_name="assessments")
    assessor = models.ForeignKey(User, models.PROTECT, related_name="assessments")
    assigned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["bid"],
                name="assessment_unfinished",
                condition=Q(finished_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "assessor"],
                name="assessment_once",
                violation_error_message="You have already started to assess this bid.",
            ),
            all_or_none_constraint(
                "assigned_by", "assigned_at", name="assessment_assigned"
            ),
            models.CheckConstraint(
                condition=Q(assigned_by__isnull=True) | ~Q(assigned_by=F("assessor")),
                name="assessment_assigned_by_another",
            ),
            models.CheckConstraint(
                condition=Q(assigned_at__isnull=False) | Q(started_at__isnull=False),
                name="assessment_assigned_or_started",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(started_at__isnull=False),
                name="assessment_started_before_finished",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def chain(self) -> Chain:
        return self.bid.chain


class Reopening(models.Model):
    """The reopening of an assessed bid: why, and by whom."""

    key = keys.field("ROP")
    bid = models.ForeignKey(Bid, models.CASCADE, related_name="reopenings")
    reason = fields.Text()
    reopened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField()

    class Meta:
        ordering = ["-reopened_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_reason")
        ]

    def __str__(self) -> str:
        return self.key
