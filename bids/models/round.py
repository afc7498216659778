"""Rounds, with their strands, criteria and budgets."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.core.money import Money, MoneyField

SEED_MAXIMUM = Money.pounds(10_000)
DEFAULT_ASSESSMENTS, MAX_ASSESSMENTS = 2, 9
DEFAULT_WIDE_SPREAD, MAX_SCORE = 2, 100


class Route(models.TextChoices):
    FULL = "full", "Full grant"
    SEED = "seed", "Seed grant"
    FOLLOW_ON = "follow_on", "Follow-on"


class DueDiligenceArea(models.TextChoices):
    """What the government’s standard for general grants asks a funder to look into."""

    ORGANISATION = "organisation", "Organisation"
    FINANCE = "finance", "Finance"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    FRAUD_RISK = "fraud_risk", "Fraud risk"
    INTERESTS = "interests", "Interests"


class Round(models.Model):
    """A round, open from `opens_at` until `closes_at`, or rolling if that is empty."""

    key = keys.field("RND")
    chain = models.OneToOneField(Chain, models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        "registers.Programme", models.PROTECT, related_name="rounds"
    )
    name = OneLineField(max_length=120, unique=True)
    summary = fields.Text(blank=True)
    route = models.CharField(max_length=10, choices=Route)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    opens_note = OneLineField(
        max_length=200, blank=True, help_text="What is known of dates left empty."
    )
    replies_by = models.DateField(
        null=True, blank=True, help_text="By when applicants hear what was decided."
    )
    min_award = MoneyField(null=True, blank=True)
    max_award = MoneyField(null=True, blank=True)
    assessments_needed = models.PositiveSmallIntegerField(
        default=DEFAULT_ASSESSMENTS,
        help_text="How many finished assessments a bid takes to be assessed.",
    )
    wide_spread = models.PositiveSmallIntegerField(
        default=DEFAULT_WIDE_SPREAD,
        db_default=DEFAULT_WIDE_SPREAD,
        help_text="How many points between the highest and the lowest score on a "
        "criterion have to be moderated.",
    )
    due_diligence = ArrayField(
        models.CharField(max_length=20, choices=DueDiligenceArea),
        default=list,
        db_default=[],
        blank=True,
        help_text="The areas to look into before a grant is offered.",
    )
    published = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["-opens_at", "-id"]
        constraints = [
            choices_constraint("route", Route, "round_route"),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="round_closes_after_opening",
                violation_error_code="closes_at",
                violation_error_message="Enter a closing time after the opening time",
            ),
            models.CheckConstraint(
                condition=Q(min_award__isnull=True)
                | Q(max_award__isnull=True)
                | Q(max_award__gte=F("min_award")),
                name="round_limits_in_order",
                violation_error_code="max_award",
                violation_error_message=(
                    "Enter a largest award of at least the smallest"
                ),
            ),
            models.CheckConstraint(
                condition=Q(assessments_needed__range=(1, MAX_ASSESSMENTS)),
                name="round_assessments_needed",
            ),
            models.CheckConstraint(
                condition=Q(wide_spread__range=(1, MAX_SCORE)),
                name="round_wide_spread",
            ),
            models.CheckConstraint(
                condition=Q(due_diligence__contained_by=DueDiligenceArea.values),
                name="round_due_diligence",
            ),
            models.CheckConstraint(
                condition=~Q(route=Route.SEED) | Q(max_award__lte=SEED_MAXIMUM.pence),
                name="round_seed_at_most_10000",
                violation_error_code="max_award",
                violation_error_message=(
                    "Enter a largest award of £10,000 or less: this is a seed round"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Strand(models.Model):
    """A focus area. Every round has one for all other ideas."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="strands")
    name = OneLineField(max_length=120)
    anything_else = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="strand_name_once",
                violation_error_code="name",
                violation_error_message="This round already has this strand",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(anything_else=True),
                name="strand_anything_else_once",
                violation_error_code="anything_else",
                violation_error_message=(
                    "This round already has a strand for anything else"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    round = models.ForeignKey(Round, models.CASCADE, related_name="criteria")
    name = OneLineField(max_length=120)
    description = fields.Text(blank=True)
    guidance = fields.Text(
        blank=True,
        default="",
        db_default="",
        help_text="How to score it, for the people who assess bids.",
    )
    weight = models.PositiveSmallIntegerField(default=1)
    min_score = models.PositiveSmallIntegerField(default=0)
    max_score = models.PositiveSmallIntegerField(default=4)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="criterion_name_once",
                violation_error_code="name",
                violation_error_message="This round already has this criterion",
            ),
            models.CheckConstraint(
                condition=Q(max_score__gt=F("min_score")) & Q(weight__gt=0),
                name="criterion_scale",
                violation_error_code="max_score",
                violation_error_message="Enter a highest score above the lowest score",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CriterionVersion(models.Model):
    """An earlier version of a criterion, which was changed after somebody had scored
    it: what it said until then, and why that was changed.
    """

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="versions")
    description = fields.Text(blank=True)
    guidance = fields.Text(blank=True)
    weight = models.PositiveSmallIntegerField()
    reason = fields.Text()
    replaced_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["replaced_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="criterion_version_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} until {self.replaced_at}"


class Envelope(models.Model):
    """The budget of a round for a financial year, for one strand or for any."""

    key = keys.field("ENV")
    round = models.ForeignKey(Round, models.PROTECT, related_name="envelopes")
    strand = models.ForeignKey(
        Strand, models.PROTECT, null=True, blank=True, related_name="envelopes"
    )
    financial_year = models.PositiveSmallIntegerField(
        help_text="The year in which it begins: 2014 is April 2014 to March 2015."
    )
    amount = MoneyField()

    class Meta:
        ordering = ["financial_year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "strand", "financial_year"],
                name="envelope_once",
                violation_error_code="financial_year",
                violation_error_message="This envelope already exists",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="envelope_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(financial_year__range=(2010, 2100)), name="envelope_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.financial_year}"
