"""Awards: grants of approved bids, and awards from published sources."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from bids.models import Bid, IdeaType, PracticeModel, Round
from funding.models.ledger import Precision
from funding.states import AwardState
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.core.money import MoneyField
from innovation.core.year_amounts import (
    YearAmount,
    positive_amount_constraint,
    unique_amount_constraint,
)
from innovation.organisations.models import Council, Organisation


class DatePrecision(models.TextChoices):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


ANNOUNCED = "announced"
"""The kind of date of a published award whose source gives the day it was announced."""
HAS_ANNOUNCEMENT_DAY = ~Q(state=AwardState.RECORDED) | Q(
    date_kind=ANNOUNCED, date_precision=DatePrecision.DAY
)
LEAD_NOT_STATED = "lead not stated in the source"
"""As the history’s file writes it, where other awards have the name of a lead."""

PUBLISHED_STATES = (AwardState.RECORDED, AwardState.RETRACTED)
"""The states of an award that is known only from published sources."""

CORRECTED_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("dated_on", "date_precision", "announced_on"),
    "lead organisation": ("lead", "lead_as_published"),
    "partners": ("partners",),
    "councils": ("councils",),
    "amount": ("amount", "amount_precision"),
    "round": ("round",),
    "focus area": ("focus_area", "idea_type"),
    "idea type": ("idea_type", "idea_as_published"),
    "practice models": ("practice_models",),
    "source": ("source",),
    "notes": ("notes",),
}
"""What each column fills in of an imported award, and two people can correct."""


class Award(models.Model):
    """An award. It is not public until the day `announced_on`, if that is set.

    An award from published sources has no bid and the state `recorded`; what its source
    does not say is empty. `dated_on` is the last day of the period in the source, and
    it is public from that day: see `announcement_day`. If it was imported by mistake it
    is `retracted`, and no longer public. `domain.queries.own_grants` sets what a card
    says: `next_report`, `next_payment` and `may_sign`; `related_awards` what it has in
    common with a case: `is_of_lead` and `same_councils`.
    """

    next_report: dict[str, str] | None
    next_payment: dict[str, str] | None
    may_sign: bool
    is_of_lead: bool
    same_councils: list[str]

    key = keys.field("AWD")
    chain = models.OneToOneField(Chain, models.PROTECT, related_name="award")
    bid = models.OneToOneField(
        Bid, models.PROTECT, null=True, blank=True, related_name="award"
    )
    round = models.ForeignKey(Round, models.PROTECT, related_name="awards")
    title = OneLineField(max_length=200)
    summary = fields.Text(blank=True)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="awards"
    )
    lead_as_published = OneLineField(max_length=200, blank=True)
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partner_awards"
    )
    councils = models.ManyToManyField(Council, blank=True, related_name="awards")
    focus_area = OneLineField(max_length=120, blank=True)
    idea_type = models.ForeignKey(
        IdeaType, models.PROTECT, null=True, blank=True, related_name="awards"
    )
    idea_as_published = OneLineField(max_length=120, blank=True)
    practice_models = models.ManyToManyField(
        PracticeModel, blank=True, related_name="awards"
    )
    state = models.CharField(max_length=12, choices=AwardState)
    amount = MoneyField(null=True, blank=True)
    amount_precision = models.CharField(max_length=10, choices=Precision, blank=True)
    amount_note = OneLineField(max_length=200, blank=True)
    dated_on = models.DateField()
    date_precision = models.CharField(max_length=5, choices=DatePrecision)
    date_kind = OneLineField(max_length=60)
    announced_on = models.DateField(null=True, blank=True)
    source = OneLineField(max_length=400, blank=True)
    confidence = models.CharField(max_length=10, blank=True)
    notes = fields.Text(blank=True)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    revised_on = models.DateField(
        null=True, blank=True, help_text="The last day it was added or corrected late."
    )
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["-dated_on", "-id"]
        indexes = [
            models.Index(
                F("announced_on").desc(),
                F("id").desc(),
                name="award_announced",
                condition=Q(announced_on__isnull=False),
            ),
            models.Index(F("dated_on").desc(), F("id").desc(), name="award_newest"),
        ]
        constraints = [
            choices_constraint("state", AwardState, "award_state"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, amount_precision="")
                | Q(amount__isnull=False) & ~Q(amount_precision=""),
                name="award_amount_with_precision",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="award_amount_positive",
            ),
            models.CheckConstraint(
                condition=Q(date_precision__in=DatePrecision.values),
                name="award_date_precision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PUBLISHED_STATES, bid__isnull=True)
                | ~Q(state__in=PUBLISHED_STATES) & Q(bid__isnull=False),
                name="award_recorded_has_no_bid",
            ),
            models.CheckConstraint(
                condition=Q(bid__isnull=False) | ~Q(source=""),
                name="award_recorded_has_source",
            ),
            models.UniqueConstraint(
                fields=["title", "round", "lead_as_published"],
                condition=Q(state=AwardState.RECORDED),
                name="award_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def lead_in_source(self) -> str:
        """The lead as its source names it; empty if it names none."""
        words = self.lead_as_published
        return "" if words == LEAD_NOT_STATED else words

    @property
    def announcement_day(self) -> date | None:
        """The day it was announced, or will be; `None` if no source gives the day. As a
        condition of a query it is `HAS_ANNOUNCEMENT_DAY`.
        """
        is_dated = (self.date_kind, self.date_precision) == (
            ANNOUNCED,
            DatePrecision.DAY,
        )
        is_known = self.state != AwardState.RECORDED or is_dated
        return self.announced_on if is_known else None


class AwardYear(YearAmount):
    """What an award agreed to pay in a financial year."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="years")

    class Meta(YearAmount.Meta):
        constraints = [
            unique_amount_constraint("award", "financial_year", name="award_year_once"),
            positive_amount_constraint("award_year_positive"),
        ]


class ReasonKind(models.TextChoices):
    DECLINED = "declined", "Why the offer was declined"
    WITHDRAWN = "withdrawn", "Why the offer was withdrawn"
    SUSPENDED = "suspended", "Why payments were stopped for now"
    TERMINATED = "terminated", "Why the grant was ended early"
    LESSON = "lesson", "What was learned"


class AwardReason(models.Model):
    """The reasons and lessons that people typed for the steps of an award.

    They are stored here because the event log has no free text.
    """

    award = models.ForeignKey(Award, models.CASCADE, related_name="reasons")
    kind = models.CharField(max_length=10, choices=ReasonKind)
    text = fields.Text()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            choices_constraint("kind", ReasonKind, "award_reason_kind"),
            models.CheckConstraint(condition=~Q(text=""), name="award_reason_says_why"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
