"""Reconsiderations: an applicant asks that a decline is looked at again."""

from django.db import models
from django.db.models import F, Q

from bids.models.bid import Bid
from bids.models.expression import Expression
from bids.states import ReconsiderationState
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint, choices_constraint


class Reconsideration(models.Model):
    """The grounds on which an applicant asks, once for each expression and each bid,
    and the answer of an official who did not take the decision.
    """

    key = keys.field("RCN")
    expression = models.OneToOneField(
        Expression, models.PROTECT, null=True, related_name="reconsideration"
    )
    bid = models.OneToOneField(
        Bid, models.PROTECT, null=True, related_name="reconsideration"
    )
    state = models.CharField(
        max_length=10, choices=ReconsiderationState, default=ReconsiderationState.ASKED
    )
    grounds = fields.Text()
    declined_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reasons = fields.Text(blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(
                F("asked_at"),
                F("id"),
                name="reconsideration_waiting",
                condition=Q(state="asked"),
            )
        ]
        constraints = [
            choices_constraint("state", ReconsiderationState, "reconsideration_state"),
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="reconsideration_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(grounds=""), name="reconsideration_has_grounds"
            ),
            all_or_none_constraint(
                "answered_by", "answered_at", name="reconsideration_answered_by"
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | ~Q(answered_by=F("declined_by")),
                name="reconsideration_answered_by_another",
                violation_error_message=(
                    "Somebody other than the person who declined it must answer."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True, reasons="")
                | ~Q(state="asked") & Q(answered_at__isnull=False) & ~Q(reasons=""),
                name="reconsideration_answered_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def case(self) -> Expression | Bid:
        """The expression or the bid."""
        case = self.expression or self.bid
        assert case is not None
        return case

    @property
    def chain(self) -> Chain:
        return self.case.chain
