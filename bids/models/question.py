"""Questions, by round and version, and answers."""

from django.db import models
from django.db.models import Q

from bids.models.round import Criterion, Round
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint


class Stage(models.TextChoices):
    EXPRESSION = "expression", "Expression of interest"
    BID = "bid", "Bid"


class QuestionType(models.TextChoices):
    """The types of questions. Answers are stored by question and version. Facts have
    their own columns and rows, and at most one question in a set. See
    `domain.question_types`.
    """

    SHORT_TEXT = "short_text", "Short text"
    LONG_TEXT = "long_text", "Long text"
    NUMBER = "number", "Number"
    MONEY = "money", "Money"
    MONEY_BY_YEAR = "money_by_year", "Money by financial year"
    DATE = "date", "Date"
    ONE_CHOICE = "one_choice", "One choice"
    MANY_CHOICES = "many_choices", "Many choices"
    ORGANISATIONS = "organisations", "Organisations"
    COUNCILS = "councils", "Councils"
    UPLOAD = "upload", "Upload"
    DECLARATION = "declaration", "Declaration"
    TITLE = "title", "Title"
    SUMMARY = "summary", "Summary of the idea"
    PARTNERS = "partners", "Partner organisations"
    AREAS = "areas", "Councils where the work happens"
    STRAND = "strand", "Strand"
    MATURITY = "maturity", "Maturity"
    IDEA_TYPE = "idea_type", "Kind of idea"
    PRACTICE_MODELS = "practice_models", "Practice models"
    MONEY_ASKED = "money_asked", "Money asked for"
    SUPPORT = "support", "Support needed"
    BARRIERS = "barriers", "Barriers"
    OUTCOMES = "outcomes", "Outcomes"
    SUM_ASKED = "sum_asked", "Sum asked for"
    COSTS = "costs", "Costs"
    OTHER_FUNDING = "other_funding", "Other funding"
    MILESTONES = "milestones", "Milestones"
    RISKS = "risks", "Risks"
    THEORY_OF_CHANGE = "theory_of_change", "Theory of change"
    EVALUATION_PLAN = "evaluation_plan", "Evaluation plan"
    PARTNER_LETTERS = "partner_letters", "Partner letters"


_ALL_TYPES = list(QuestionType.values)
FACT_TYPES = _ALL_TYPES[_ALL_TYPES.index(QuestionType.TITLE) :]


class QuestionSet(models.Model):
    """A version of the questions. It never changes after it is published."""

    key = keys.field("QST")
    round = models.ForeignKey(Round, models.PROTECT, related_name="question_sets")
    stage = models.CharField(max_length=12, choices=Stage)
    version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "stage", "-version"]
        constraints = [
            choices_constraint("stage", Stage, "question_set_stage"),
            models.UniqueConstraint(
                fields=["round", "stage", "version"], name="question_set_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} questions, version {self.version}"

    @property
    def chain(self) -> Chain:
        return self.round.chain


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
        ordering = ["position"]
        constraints = [
            choices_constraint("kind", QuestionType, "question_kind"),
            models.UniqueConstraint(
                fields=["question_set", "code"],
                name="question_code_once",
                violation_error_code="code",
                violation_error_message="This question set has a question of this code",
            ),
            models.UniqueConstraint(
                fields=["question_set", "kind"],
                condition=Q(kind__in=FACT_TYPES),
                name="question_fact_once",
                violation_error_code="kind",
                violation_error_message="This form asks for that already",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["one_choice", "many_choices"]) | Q(choices=[]),
                name="question_choices_only_where_chosen",
            ),
        ]

    def __str__(self) -> str:
        return self.wording


class Answer(models.Model):
    """The current answer. The case's events say who changed it when."""

    expression = models.ForeignKey(
        "bids.Expression", models.CASCADE, null=True, related_name="answers"
    )
    bid = models.ForeignKey(
        "bids.Bid", models.CASCADE, null=True, related_name="answers"
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = fields.Json()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="answer_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["expression", "question"], name="answer_of_expression_once"
            ),
            models.UniqueConstraint(
                fields=["bid", "question"], name="answer_of_bid_once"
            ),
        ]

    def __str__(self) -> str:
        return f"answer to {self.question_id}"
