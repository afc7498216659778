"""The bid: an expression developed, with a coach, for the Investment Board."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from bids.models.application import Application, Row
from bids.models.expression import Expression
from bids.states import BidState
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.core.money import MoneyField
from innovation.core.year_amounts import (
    YearAmount,
    positive_amount_constraint,
    unique_amount_constraint,
)
from innovation.organisations.models import Organisation


class Bid(Application):
    """A bid. It shares the chain of its expression: one case, one history."""

    key = keys.field("BID")
    expression = models.OneToOneField(Expression, models.PROTECT, related_name="bid")
    snapshot_comments: list[Row]
    snapshot_returns: list[Row]
    snapshot_other_funding: list[Row]
    asked = MoneyField(
        null=True, blank=True, help_text="The sum asked for, which the costs come to."
    )
    theory_of_change = fields.Text(blank=True)
    evaluation_plan = fields.Text(blank=True)
    state = models.CharField(
        max_length=20, choices=BidState, default=BidState.IN_DEVELOPMENT
    )
    opened_at = models.DateTimeField()
    expression_submitted_at = models.DateTimeField(
        help_text="Copied, for it never changes: the case list walks by it."
    )

    assessors_missing = models.SmallIntegerField(
        default=0,
        editable=False,
        help_text="How many more people have to assess it, which triggers count; "
        "below zero if there are more than the round requires.",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["assessors_missing"],
                name="bid_assessors_missing",
                condition=models.Q(state="submitted", assessors_missing__gt=0),
            ),
            models.Index(
                models.F("state"),
                models.F("opened_at").desc(),
                models.F("id").desc(),
                name="bid_state_newest",
            ),
            models.Index(
                models.F("opened_at").desc(),
                models.F("key").desc(),
                name="bid_newest",
            ),
            models.Index(
                models.F("state"),
                models.F("expression_submitted_at").desc(),
                models.F("expression_id").desc(),
                name="bid_state_newest_case",
            ),
            models.Index(fields=["demonstration", "id"], name="bid_demo"),
        ]
        constraints = [
            choices_constraint("state", BidState, "bid_state"),
            models.CheckConstraint(
                condition=Q(state__in=["in_development", "withdrawn"])
                | Q(submitted_at__isnull=False),
                name="bid_sent_unless_in_development",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True) | Q(submitted_at__isnull=False),
                name="bid_sender_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | Q(asked__gt=0),
                name="bid_asks_for_something",
            ),
        ]

    def get_absolute_url(self) -> str:
        """The department's page; an applicant's own are under `apply/`."""
        return reverse("bids:bid", args=[self.key])


class CostCategory(models.TextChoices):
    STAFF = "staff", "Staff"
    DELIVERY = "delivery", "Delivery"
    EVALUATION = "evaluation", "Evaluation"
    OVERHEADS = "overheads", "Overheads"
    OTHER = "other", "Other"


class BidMoney(YearAmount):
    """What is asked for, by financial year and cost: its category and description, and
    the partner whose cost it is.
    """

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="money")
    category = models.CharField(
        max_length=12, choices=CostCategory, default=CostCategory.DELIVERY
    )
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    description = OneLineField(max_length=200, blank=True)

    class Meta(YearAmount.Meta):
        ordering = ["financial_year", "category", "id"]
        constraints = [
            unique_amount_constraint(
                "bid",
                "financial_year",
                "category",
                "partner",
                "description",
                name="bid_money_once",
                nulls_distinct=False,
            ),
            positive_amount_constraint("bid_money_positive"),
            models.CheckConstraint(
                condition=Q(category__in=CostCategory.values), name="bid_money_category"
            ),
        ]


class OtherFunding(models.Model):
    """Money from elsewhere, such as match funding; not part of the money requested."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="other_funding")
    source = OneLineField(max_length=200)
    financial_year = models.PositiveSmallIntegerField()
    amount = MoneyField()
    secured = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.source


class Outcome(models.Model):
    """An expected outcome for children, and how it would be measured."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="outcomes")
    description = OneLineField(max_length=300)
    measure = OneLineField(max_length=200)
    baseline = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.description


class Milestone(models.Model):
    bid = models.ForeignKey(Bid, models.CASCADE, related_name="milestones")
    description = OneLineField(max_length=300)
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.description


class Likelihood(models.IntegerChoices):
    RARE = 1, "Rare"
    UNLIKELY = 2, "Unlikely"
    POSSIBLE = 3, "Possible"
    LIKELY = 4, "Likely"
    ALMOST_CERTAIN = 5, "Almost certain"


class Impact(models.IntegerChoices):
    VERY_LOW = 1, "Very low"
    LOW = 2, "Low"
    MEDIUM = 3, "Medium"
    HIGH = 4, "High"
    VERY_HIGH = 5, "Very high"


class Risk(models.Model):
    bid = models.ForeignKey(Bid, models.CASCADE, related_name="risks")
    description = OneLineField(max_length=300)
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    mitigation = fields.Text()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="risk_scale",
            )
        ]

    def __str__(self) -> str:
        return self.description


class PartnerLetter(models.Model):
    """A partner's letter that it will take part."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="partner_letters")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = fields.Text()
    received_on = models.DateField()

    class Meta:
        ordering = ["received_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "organisation"], name="partner_letter_once"
            )
        ]

    def __str__(self) -> str:
        return f"letter from {self.organisation_id}"


class Return(models.Model):
    """A bid given back to its applicant, and what it still needs."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="returns")
    reason = fields.Text()
    returned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField()

    class Meta:
        ordering = ["returned_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="return_says_why")
        ]

    def __str__(self) -> str:
        return self.reason[:60]
