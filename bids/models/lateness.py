"""Late attempts to submit, and late entries."""

from django.db import models
from django.db.models import F, Q

from bids.models.expression import Expression
from bids.models.round import Round
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.organisations.models import Organisation


class LateAttempt(models.Model):
    """The receipt of a late submission: `at` is when it reached the server, to the
    microsecond, and `closed_at` is the closing time for this organisation.
    """

    key = keys.field("LTE")
    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="late_attempts"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(at__gt=F("closed_at")), name="late_attempt_is_late"
            )
        ]

    def __str__(self) -> str:
        return self.key


class LateEntry(models.Model):
    """An organisation may start and submit `until` a time after the round closed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="late_entries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    until = models.DateTimeField()
    reason = fields.Text()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_at", "-id"]
        verbose_name_plural = "late entries"
        indexes = [
            models.Index(fields=["round", "organisation"], name="late_entry_of_round")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="late_entry_reason"),
            models.CheckConstraint(
                condition=Q(until__gt=F("given_at")), name="late_entry_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.round_id} until {self.until}"
