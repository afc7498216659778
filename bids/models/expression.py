"""The expression of interest: the first application of an organisation."""

from datetime import date, datetime

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from bids.models.application import Application, Row
from bids.states import ExpressionState
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.folding import Fold
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.core.money import Money
from innovation.core.year_amounts import (
    YearAmount,
    positive_amount_constraint,
    unique_amount_constraint,
)

TIME_TO_SEND = models.ExpressionWrapper(
    F("submitted_at") - F("started_at"), output_field=models.DurationField()
)
_WITHOUT_SUBMISSION = [ExpressionState.DRAFT, ExpressionState.WITHDRAWN]


CORRECTED_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("submitted_at", "started_at"),
    "outcome": ("state",),
    "lead organisation": ("lead",),
    "partners": ("partners",),
    "councils": ("councils",),
    "amount": ("money",),
    "round": ("round", "strand"),
    "focus area": ("strand",),
    "idea type": ("idea_type",),
    "maturity": ("maturity",),
    "practice models": ("practice_models",),
    "notes": ("summary",),
}
"""What each column fills in of an imported expression, and two people can correct."""
UNTITLED = "Seed grant application"
"""The title of one that was begun before its title was asked for."""


class Expression(Application):
    """A draft withdrawn before it was sent has no `submitted_at`. While it is
    `provisional`, whoever started it waits to be confirmed in the lead organisation:
    only they see it, and it cannot be sent.

    `domain.lateness.with_closing_time` sets `closes_for_lead`, `domain.reminders`
    since when people have known of it, and `domain.queries.own_cases` what a card says.
    """

    key = keys.field("EOI")
    state = models.CharField(
        max_length=20, choices=ExpressionState, default=ExpressionState.DRAFT
    )
    snapshot_clarifications: list[Row]
    snapshot_clarification_questions: list[Row]
    closes_for_lead: datetime | None
    known_since: datetime
    asked: Money | None
    question_due_on: date | None
    may_edit: bool
    is_asked_to_sign: bool
    is_signed: bool
    signature_request: str | None
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    started_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    search = models.GeneratedField(
        expression=models.Func(
            F("title"),
            F("summary"),
            template="to_tsvector('english', fold_text(title || ' ' || summary))",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(
                F("submitted_at").desc(),
                F("id").desc(),
                name="expression_newest",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                F("state"),
                F("submitted_at").desc(),
                F("id").desc(),
                name="expression_state_newest",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                F("round"),
                F("submitted_at").desc(),
                F("id").desc(),
                name="expression_round_newest",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                F("strand"),
                F("submitted_at").desc(),
                F("id").desc(),
                name="expression_strand_newest",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                F("lead"),
                F("submitted_at").desc(),
                F("id").desc(),
                name="expression_lead_newest",
            ),
            models.Index(
                F("round"),
                TIME_TO_SEND,
                # PostgreSQL reads only the index if it has the columns as well.
                include=["submitted_at", "started_at", "id"],
                name="expression_time_to_send",
                condition=Q(submitted_at__gt=F("started_at")),
            ),
            models.Index(
                fields=["round", "state"],
                name="expression_unsent",
                condition=Q(submitted_at__isnull=True),
            ),
            models.Index(fields=["demonstration", "id"], name="expression_demo"),
            GinIndex(fields=["search"], name="expression_search"),
            GinIndex(
                OpClass(Fold("title"), name="gin_trgm_ops"),
                name="expression_similar_title",
                condition=Q(submitted_at__isnull=False),
            ),
        ]
        constraints = [
            choices_constraint("state", ExpressionState, "expression_state"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False)
                | Q(state__in=_WITHOUT_SUBMISSION, submitted_by__isnull=True),
                name="expression_sent_unless_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=ExpressionState.DRAFT, submitted_at__isnull=True)
                | ~Q(state=ExpressionState.DRAFT),
                name="expression_draft_is_not_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=ExpressionState.MERGED, merged_into__isnull=False)
                | ~Q(state=ExpressionState.MERGED) & Q(merged_into__isnull=True),
                name="expression_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExpressionState.RETRACTED)
                | Q(submitted_by__isnull=True),
                name="expression_retracted_was_imported",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="expression_not_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(provisional=False) | Q(state__in=_WITHOUT_SUBMISSION),
                name="expression_provisional_is_not_sent",
            ),
        ]

    def get_absolute_url(self) -> str:
        """The department's page; an applicant's own are under `apply/`."""
        return reverse("bids:case", args=[self.key])


class MoneyAsked(YearAmount):
    expression = models.ForeignKey(Expression, models.CASCADE, related_name="money")

    class Meta(YearAmount.Meta):
        constraints = [
            unique_amount_constraint(
                "expression", "financial_year", name="money_asked_year_once"
            ),
            positive_amount_constraint("money_asked_positive"),
        ]


class ExpectedOutcome(models.Model):
    """An expected outcome for children. Those of a bid have a baseline and a target."""

    expression = models.ForeignKey(Expression, models.CASCADE, related_name="outcomes")
    description = OneLineField(max_length=300)
    measure = OneLineField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.description


class SupportKind(models.TextChoices):
    BROKERING = "brokering", "Brokering a partnership"
    BARRIER = "barrier", "Removing a regulatory barrier"
    EVALUATION = "evaluation", "Evaluation"
    OTHER = "other", "Something else"


class SupportNeed(models.Model):
    """What is needed besides money. It stays the same row when its writer changes what
    they say of it. That of a bid `carries_on` the one of its expression.
    """

    expression = models.ForeignKey(
        Expression, models.CASCADE, null=True, related_name="support"
    )
    bid = models.ForeignKey(
        "bids.Bid", models.CASCADE, null=True, related_name="support"
    )
    carries_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_on_by"
    )
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=SupportKind)
    detail = fields.Text(blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SupportKind.values), name="support_kind"
            ),
            models.UniqueConstraint(
                fields=["expression", "kind"], name="support_kind_once"
            ),
            models.UniqueConstraint(
                fields=["bid", "kind"], name="support_kind_once_in_bid"
            ),
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="support_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(carries_on__isnull=True) | Q(bid__isnull=False),
                name="support_carried_on_in_bid",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
