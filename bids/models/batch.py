"""Batches: the same step, taken for several cases of the list at once."""

from django.db import models
from django.db.models import Q

from bids.models.expression import Expression
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint, choices_constraint

PLANNED = Q(done_at=None, undone_at=None, refusal="")


class ActionName(models.TextChoices):
    ASSIGN = "assign", "Assign"
    TAKE_FORWARD = "take_forward", "Take forward"
    DECLINE = "decline", "Decline"
    RELEASE_FEEDBACK = "release_feedback", "Release feedback"


class Batch(models.Model):
    """Each case has a step of its own, in `BatchCase`. The steps are carried out at
    `due_at`: at once, or after a pause in which they can be called off.
    """

    key = keys.field("BAT")
    action = models.CharField(max_length=20, choices=ActionName)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="batch_newest")]
        constraints = [
            choices_constraint("action", ActionName, "batch_action"),
            models.CheckConstraint(
                condition=Q(due_at__gte=models.F("made_at")), name="batch_due_later"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class BatchCase(models.Model):
    """One case of a batch: planned, done, refused with a sentence, or undone. `options`
    is what the step needs, as its action defines it.
    """

    batch = models.ForeignKey(
        Batch, models.CASCADE, related_name="cases", db_index=False
    )
    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="batch_cases"
    )
    options = fields.Json(default=dict)
    done_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=1_000, blank=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "expression"], name="batch_case_once"
            ),
            models.UniqueConstraint(
                fields=["expression"], condition=PLANNED, name="batch_case_planned_once"
            ),
            all_or_none_constraint("undone_by", "undone_at", name="batch_case_undone"),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(done_at=None, undone_at=None),
                name="batch_case_refused_or_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.expression_id}"

    @property
    def is_planned(self) -> bool:
        return not (self.done_at or self.undone_at or self.refusal)

    @property
    def is_done(self) -> bool:
        return self.done_at is not None and self.undone_at is None
