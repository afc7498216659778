"""The questions of a question set."""

from django.db import models
from django.db.models import Q

from bids.models.question_set import QuestionSet
from bids.models.question_type import FACT_TYPES, QuestionType
from bids.models.round import Criterion
from innovation.core import fields
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint


class Question(models.Model):
    question_set = models.ForeignKey(
        QuestionSet, models.CASCADE, related_name="questions"
    )
    code = models.SlugField(help_text="The same question in every version.")
    section = OneLineField(max_length=80)
    position = models.PositiveSmallIntegerField()
    wording = OneLineField(max_length=300)
    hint = fields.Text(blank=True)
    kind = models.CharField(max_length=20, choices=QuestionType)
    choices = fields.Json(default=list, blank=True)
    required = models.BooleanField(default=True)
    word_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    shown_only_if = fields.Json(
        default=dict, blank=True, help_text='{"code": "…", "answer": "…"}'
    )
    criterion = models.ForeignKey(
        Criterion, models.SET_NULL, null=True, blank=True, related_name="questions"
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            choices_constraint("kind", QuestionType, "question_kind"),
            models.UniqueConstraint(
                fields=["question_set", "code"],
                name="question_code_once",
                violation_error_code="code",
                violation_error_message="Another question here has this code",
            ),
            models.UniqueConstraint(
                fields=["question_set", "kind"],
                condition=Q(kind__in=FACT_TYPES),
                name="question_fact_once",
                violation_error_code="kind",
                violation_error_message="This form already asks for this",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["one_choice", "many_choices"]) | Q(choices=[]),
                name="question_choices_only_where_chosen",
            ),
        ]

    def __str__(self) -> str:
        return self.wording
