"""Clarifications: questions about an expression of interest, and their answers."""

from django.db import models
from django.db.models import Q

from bids.models.expression import Expression
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint


class Clarification(models.Model):
    """Questions to the applicant, which are asked, answered or taken back together.

    Each of them is a `ClarificationQuestion`, unless it is older than those. `question`
    and `answer` are their texts in one.
    """

    key = keys.field("CLQ")
    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="clarifications"
    )
    question = fields.Text()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = fields.Text(blank=True, default="")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            all_or_none_constraint(
                "answered_by", "answered_at", name="clarification_answered_by"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="clarification_answered_with_words",
            ),
            all_or_none_constraint(
                "taken_back_by", "taken_back_at", name="clarification_taken_back_by"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(taken_back_at__isnull=True),
                name="clarification_ended_one_way",
            ),
            models.UniqueConstraint(
                fields=["expression"],
                condition=Q(answered_at__isnull=True, taken_back_at__isnull=True),
                name="clarification_one_open",
                violation_error_message="A question is already waiting for an answer.",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ClarificationQuestion(models.Model):
    """One of the questions. `number` is that within the case, and `question_code` the
    question of the expression whose answer it is about, if it is about one. `draft` is
    what the applicant has typed and not sent; nobody else can read it.
    """

    clarification = models.ForeignKey(
        Clarification, models.CASCADE, related_name="questions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    question_code = models.CharField(max_length=60, blank=True)
    text = fields.Text()
    answer = fields.Text(blank=True, default="")
    draft = fields.Text(blank=True, default="")

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clarification", "number"], name="clarification_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="clarification_question_says_what"
            ),
            models.CheckConstraint(
                condition=Q(draft="") | Q(answer=""),
                name="clarification_draft_until_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.number}"
