"""Laws and rules in the way: as cases name them, and the register of them."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.folding import Fold
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint


class Barrier(models.Model):
    """A law or rule that prevents the idea, as the applicant names it.

    It stays the same row when its writer changes the words. That of a bid `carries_on`
    the one of its expression, whatever the words of either.
    """

    expression = models.ForeignKey(
        "bids.Expression", models.CASCADE, null=True, related_name="barriers"
    )
    bid = models.ForeignKey(
        "bids.Bid", models.CASCADE, null=True, related_name="barriers"
    )
    carries_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_on_by"
    )
    position = models.PositiveSmallIntegerField(default=0)
    law_or_rule = OneLineField(max_length=200)
    what_it_stops = fields.Text()

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(Fold("law_or_rule"), name="barrier_law_folded")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="barrier_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(carries_on__isnull=True) | Q(bid__isnull=False),
                name="barrier_carried_on_in_bid",
            ),
        ]

    def __str__(self) -> str:
        return self.law_or_rule


class BarrierRoute(models.TextChoices):
    WAIVER = "waiver", "A waiver"
    GUIDANCE = "guidance", "Guidance"
    LAW = "law", "A change in law"
    NONE_NEEDED = "none", "None needed"


class BarrierState(models.TextChoices):
    RAISED = "raised", "Raised"
    IN_HAND = "in_hand", "In hand"
    REMOVED = "removed", "Removed"
    STAYS = "stays", "Cannot be removed"
    MISTAKE = "mistake", "Entered by mistake"


OPEN_STATES = (BarrierState.RAISED, BarrierState.IN_HAND)
RESOLVED_STATES = (BarrierState.REMOVED, BarrierState.STAYS)


class BarrierEntry(models.Model):
    """A law or rule in the department's register. What is known of it are its steps.

    One that was made `from_case` is known to those who may open a case that names it.
    """

    key = keys.field("BAR")
    chain = models.OneToOneField(
        Chain, models.PROTECT, related_name="+", editable=False
    )
    from_case = models.BooleanField()
    demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("bids:barrier", args=[self.key])


class BarrierStepQuerySet(models.QuerySet["BarrierStep"]):
    def as_of(self, day: date | None = None, known_at: datetime | None = None) -> Self:
        """The step of each entry that says how it stood at the end of a day, as known
        at a moment; without them, how it stands now. Of one day the last one counts.
        """
        rows = self
        if day is not None:
            rows = rows.filter(so_on__lte=day)
        if known_at is not None:
            rows = rows.filter(recorded_at__lte=known_at)
        latest = rows.order_by("entry", "-so_on", "-id").distinct("entry")
        return self.filter(pk__in=latest.values("pk"))


class BarrierStep(models.Model):
    """What the register says of an entry from a day on: `so_on` is when it was so, and
    `recorded_at` when we knew. It is never changed; a later step corrects it.
    """

    entry = models.ForeignKey(BarrierEntry, models.PROTECT, related_name="steps")
    law_or_rule = OneLineField(max_length=200)
    what_it_stops = fields.Text()
    state = models.CharField(max_length=10, choices=BarrierState)
    route = models.CharField(max_length=10, choices=BarrierRoute, blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    outcome = fields.Text(blank=True)
    reason = fields.Text()
    so_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = BarrierStepQuerySet.as_manager()

    class Meta:
        ordering = ["-so_on", "-id"]
        constraints = [
            choices_constraint("state", BarrierState, "barrier_step_state"),
            models.CheckConstraint(
                condition=Q(route__in=["", *BarrierRoute.values]),
                name="barrier_step_route",
            ),
            models.CheckConstraint(
                condition=~Q(state=BarrierState.IN_HAND) | Q(owner__isnull=False),
                name="barrier_step_in_hand_has_owner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RESOLVED_STATES, resolved_on__isnull=False)
                & ~Q(outcome="")
                | ~Q(state__in=RESOLVED_STATES)
                & Q(resolved_on__isnull=True, outcome=""),
                name="barrier_step_resolved_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(law_or_rule="") & ~Q(reason=""),
                name="barrier_step_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.law_or_rule

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class BarrierCase(models.Model):
    """A case that names an entry, by the barrier of its expression or, where only that
    names it, of its bid. `barrier` becomes null if its writer takes it out of the bid.
    """

    entry = models.ForeignKey(BarrierEntry, models.PROTECT, related_name="cases")
    expression = models.ForeignKey(
        "bids.Expression", models.CASCADE, related_name="barrier_cases"
    )
    barrier = models.ForeignKey(
        Barrier, models.SET_NULL, null=True, related_name="entries"
    )
    reason = fields.Text()
    joined_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_because = fields.Text(blank=True)
    left_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["barrier"],
                condition=Q(left_at=None),
                name="barrier_in_one_entry",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by__isnull=True, left_because="")
                | Q(left_at__isnull=False, left_by__isnull=False) & ~Q(left_because=""),
                name="barrier_case_left_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.barrier.law_or_rule if self.barrier else self.entry.key
