"""Monitoring of grants: reports, measured outcomes and variations."""

from django.db import models
from django.db.models import Q

from bids.models import Outcome
from funding.models.award import Award
from funding.states import VariationState
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import all_or_none_constraint, choices_constraint


class MonitoringReport(models.Model):
    """A report that the grant holder hands in once, by a due date."""

    key = keys.field("RPT")
    award = models.ForeignKey(Award, models.PROTECT, related_name="monitoring_reports")
    period = OneLineField(max_length=60)
    due_on = models.DateField()
    progress = fields.Text(blank=True)
    handed_in_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "period"],
                name="monitoring_period_once",
                violation_error_code="period",
                violation_error_message="This report was already asked for",
            ),
            all_or_none_constraint(
                "handed_in_by", "handed_in_at", name="monitoring_handed_in"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | ~Q(progress=""),
                name="monitoring_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.period

    @property
    def chain(self) -> Chain:
        return self.award.chain


class OutcomeActual(models.Model):
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="actuals")
    report = models.ForeignKey(MonitoringReport, models.CASCADE, related_name="actuals")
    value = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "report"], name="actual_once")
        ]

    def __str__(self) -> str:
        return str(self.value)


class Variation(models.Model):
    """A change to what was agreed, requested and answered with reasons."""

    key = keys.field("VAR")
    award = models.ForeignKey(Award, models.PROTECT, related_name="variations")
    what_changes = fields.Text()
    reason = fields.Text()
    state = models.CharField(
        max_length=8, choices=VariationState, default=VariationState.ASKED
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = fields.Text(blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=VariationState.ASKED, answered_at__isnull=True)
                | ~Q(state=VariationState.ASKED) & Q(answered_at__isnull=False),
                name="variation_answered",
            ),
            choices_constraint("state", VariationState, "variation_state"),
            models.CheckConstraint(
                condition=~Q(state=VariationState.REFUSED) | ~Q(answer=""),
                name="variation_refused_has_reason",
            ),
            all_or_none_constraint(
                "answered_by", "answered_at", name="variation_answered_by"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def chain(self) -> Chain:
        return self.award.chain
