"""Eligibility checks of a round, and what officials found of them on a case."""

from django.db import models
from django.db.models import F, Q

from bids.models.expression import Expression
from bids.models.round import Round
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import all_or_none_constraint, choices_constraint


class EligibilityCheck(models.Model):
    """Something that every case of the round must meet. Once a case was checked its
    words stay: it is ended with a reason, and another added.
    """

    key = keys.field("CHK")
    round = models.ForeignKey(Round, models.PROTECT, related_name="eligibility_checks")
    wording = OneLineField(max_length=200)
    guidance = fields.Text(blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    ended_because = fields.Text(blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "wording"],
                condition=Q(ended_at__isnull=True),
                name="eligibility_check_once",
                violation_error_code="wording",
                violation_error_message="This round already has this check",
            ),
            all_or_none_constraint(
                "ended_by", "ended_at", name="eligibility_check_ended_by"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) ^ ~Q(ended_because=""),
                name="eligibility_check_ended_because",
            ),
        ]

    def __str__(self) -> str:
        return self.wording


class CheckOutcome(models.TextChoices):
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    CANNOT_TELL = "cannot_tell", "Cannot tell"


class CheckResult(models.Model):
    """What an official found. It never changes: the newest of a case and check counts,
    and says why it replaces the one before.
    """

    key = keys.field("CKR")
    eligibility_check = models.ForeignKey(
        EligibilityCheck, models.PROTECT, related_name="results"
    )
    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="check_results"
    )
    outcome = models.CharField(max_length=12, choices=CheckOutcome)
    note = fields.Text(blank=True)
    reason = fields.Text(blank=True, help_text="Why it replaces the result before.")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                F("expression"),
                F("eligibility_check"),
                name="check_not_met",
                condition=Q(outcome="not_met"),
            )
        ]
        constraints = [
            choices_constraint("outcome", CheckOutcome, "check_result_outcome"),
            models.CheckConstraint(
                condition=Q(outcome=CheckOutcome.MET) | ~Q(note=""),
                name="check_result_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.eligibility_check_id}: {self.outcome}"
