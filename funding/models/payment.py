"""Payments of instalments: planned, requested by one person, released by another."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from funding.models.award import Award
from funding.states import PAYMENT, PaymentState
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import all_or_none_constraint, choices_constraint
from innovation.core.money import MoneyField


class Payment(models.Model):
    key = keys.field("PAY")
    award = models.ForeignKey(Award, models.PROTECT, related_name="payments")
    instalment = models.PositiveSmallIntegerField()
    financial_year = models.PositiveSmallIntegerField()
    amount = MoneyField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=PaymentState, default=PaymentState.PLANNED
    )
    requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = fields.Text(blank=True)
    recovery_reason = fields.Text(blank=True)
    reconciled_at = models.DateTimeField(null=True, blank=True)
    bank_reference = OneLineField(max_length=60, blank=True)

    class Meta:
        ordering = ["award", "instalment"]
        indexes = [models.Index(fields=["state", "due_on"], name="payment_waiting")]
        constraints = [
            choices_constraint("state", PaymentState, "payment_state"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.UniqueConstraint(
                fields=["award", "instalment"], name="payment_instalment_once"
            ),
            all_or_none_constraint(
                "requested_by", "requested_at", name="payment_requested"
            ),
            all_or_none_constraint(
                "released_by", "released_at", name="payment_released"
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True)
                | ~Q(released_by=F("requested_by")),
                name="payment_released_by_another",
                violation_error_message=(
                    "Somebody other than the person who asked for it must "
                    "release a payment."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paid", "recovered"])
                | Q(released_at__isnull=False, requested_at__isnull=False),
                name="payment_paid_was_released",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaymentState.REFUSED) | ~Q(refusal_reason=""),
                name="payment_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaymentState.RECOVERED) | ~Q(recovery_reason=""),
                name="payment_recovered_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(reconciled_at__isnull=True, bank_reference="")
                | Q(reconciled_at__isnull=False, released_at__isnull=False)
                & ~Q(bank_reference=""),
                name="payment_reconciled_with_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.amount}"

    def is_due(self, today: date) -> bool:
        """Whether it has fallen due, so that it can be claimed."""
        return self.due_on <= today

    @property
    def can_be_requested(self) -> bool:
        return PAYMENT.allows("request", self.state)

    @property
    def chain(self) -> Chain:
        return self.award.chain
