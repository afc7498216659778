"""Corrections and retractions of imported cases, asked for by one person and confirmed
by another.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from bids.models import Expression
from funding.models.award import Award
from funding.states import CorrectionState
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import all_or_none_constraint, choices_constraint

RETRACTION = ""
"""The column of a correction that takes back the whole case."""


class Correction(models.Model):
    """What was imported wrongly, and what is right.

    `sheet_column` is that of a sheet, and `value` what a sheet would have there; both
    are empty for a retraction. `before` and `after` say the value as pages show it.
    """

    key = keys.field("COR")
    award = models.ForeignKey(
        Award, models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    expression = models.ForeignKey(
        Expression, models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    sheet_column = OneLineField(max_length=40, blank=True)
    value = fields.Text(blank=True)
    before = fields.Text(blank=True)
    after = fields.Text(blank=True)
    reason = fields.Text()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=CorrectionState, default=CorrectionState.WAITING
    )
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = fields.Text(blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            choices_constraint("state", CorrectionState, "correction_state"),
            models.CheckConstraint(
                condition=Q(award__isnull=True, expression__isnull=False)
                | Q(award__isnull=False, expression__isnull=True),
                name="correction_of_one_case",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_reason"),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.DONE)
                | ~Q(answered_by=F("asked_by")),
                name="correction_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.WAITING, answered_at__isnull=True)
                | ~Q(state=CorrectionState.WAITING) & Q(answered_at__isnull=False),
                name="correction_answered",
            ),
            all_or_none_constraint(
                "answered_by", "answered_at", name="correction_answered_by"
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.REFUSED) | ~Q(answer=""),
                name="correction_refused_with_reason",
            ),
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(state=CorrectionState.WAITING),
                name="correction_of_award_waits_once",
            ),
            models.UniqueConstraint(
                fields=["expression"],
                condition=Q(state=CorrectionState.WAITING),
                name="correction_of_expression_waits_once",
            ),
        ]

    TAGS: ClassVar[dict[str, tuple[str, str]]] = {
        CorrectionState.WAITING: ("Waiting for a second person", "yellow"),
        CorrectionState.DONE: ("Done", "green"),
        CorrectionState.REFUSED: ("Refused", "red"),
    }

    def __str__(self) -> str:
        return self.key

    @property
    def case(self) -> Award | Expression:
        case = self.award or self.expression
        assert case is not None
        return case

    @property
    def chain(self) -> Chain:
        return self.case.chain

    @property
    def is_retraction(self) -> bool:
        return self.sheet_column == RETRACTION

    @property
    def is_waiting(self) -> bool:
        return self.state == CorrectionState.WAITING

    @property
    def tag(self) -> tuple[str, str]:
        """The text and colour of the tag."""
        return self.TAGS[self.state]

    @property
    def title(self) -> str:
        what = f"Correct the {self.sheet_column} of" if self.sheet_column else "Retract"
        return f"{what} {self.case.key}"

    def get_absolute_url(self) -> str:
        return reverse("funding:correction", args=[self.key])
