"""Monitoring reports of grant holders, and the outcomes that they measured."""

from django.db import models
from django.db.models import Q

from bids.models import Outcome
from funding.models.award import Award
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import all_or_none_constraint
from innovation.core.money import MoneyField


class MonitoringReport(models.Model):
    """A report that the grant holder hands in once, by a due date."""

    key = keys.field("RPT")
    award = models.ForeignKey(Award, models.PROTECT, related_name="monitoring_reports")
    period = OneLineField(max_length=60)
    due_on = models.DateField()
    progress = fields.Text(blank=True)
    spent = MoneyField(null=True, blank=True, help_text="Of the whole grant, so far.")
    handed_in_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
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
            models.CheckConstraint(
                condition=Q(spent__isnull=True) | Q(spent__gte=0),
                name="monitoring_spent_not_negative",
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
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "report"], name="actual_once")
        ]

    def __str__(self) -> str:
        return str(self.value)
