"""Evaluations: evaluators, published reports and their findings."""

from django.db import models
from django.db.models import F, Q

from funding.models.award import Award, DatePrecision
from innovation.core import keys
from innovation.core.lines import OneLineField
from innovation.organisations.models import Organisation


class Evaluation(models.Model):
    """An evaluation. The evaluator is not the delivery organisation."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="evaluation")
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", help_text="Who delivers."
    )
    evaluator = models.ForeignKey(
        Organisation, models.PROTECT, related_name="evaluations"
    )
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(evaluator=F("lead")),
                name="evaluator_is_independent",
                violation_error_code="evaluator",
                violation_error_message=(
                    "Choose an organisation that does not deliver the project"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"evaluation of {self.award_id}"


class EvaluationReport(models.Model):
    """A published report about an award or, without one, about the whole programme."""

    key = keys.field("EVR")
    award = models.ForeignKey(
        Award, models.PROTECT, null=True, blank=True, related_name="evaluation_reports"
    )
    number = models.PositiveSmallIntegerField(null=True, blank=True, unique=True)
    title = OneLineField(max_length=200)
    round_number = models.PositiveSmallIntegerField(null=True, blank=True)
    published_on = models.DateField()
    published_precision = models.CharField(max_length=5, choices=DatePrecision)
    authors = OneLineField(max_length=300, blank=True)
    held_at = OneLineField(max_length=200, blank=True)
    source = OneLineField(max_length=200)

    class Meta:
        ordering = ["-published_on", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_precision__in=DatePrecision.values),
                name="evaluation_report_precision",
            ),
            models.UniqueConstraint(
                fields=["title"],
                name="evaluation_report_title_once",
                violation_error_code="title",
                violation_error_message="A report with this title is already published",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Direction(models.TextChoices):
    BETTER = "better", "Better"
    SAME = "same", "No difference"
    WORSE = "worse", "Worse"
    UNCLEAR = "unclear", "Unclear"


class Strength(models.TextChoices):
    STRONG = "strong", "Strong"
    MODERATE = "moderate", "Moderate"
    WEAK = "weak", "Weak"


class Finding(models.Model):
    report = models.ForeignKey(
        EvaluationReport, models.CASCADE, related_name="findings"
    )
    outcome = OneLineField(max_length=200)
    direction = models.CharField(max_length=8, choices=Direction)
    strength = models.CharField(max_length=8, choices=Strength)
    cost = OneLineField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="finding_direction"
            ),
            models.CheckConstraint(
                condition=Q(strength__in=Strength.values), name="finding_strength"
            ),
        ]

    def __str__(self) -> str:
        return self.outcome
