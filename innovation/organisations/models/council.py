"""Councils with children's services duties, and the dated facts about them.

A council keeps its DfE number when its GSS code changes, so the number is the key
and the codes carry dates.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from innovation.core import fields
from innovation.core.folding import Fold
from innovation.core.models import choices_constraint


class Region(models.Model):
    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class Council(models.Model):
    dfe_number = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=100)
    official_name = models.CharField(max_length=150, blank=True)
    authority_type = models.CharField(max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="councils")
    register_code = models.CharField(max_length=10, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    also_known_as = ArrayField(models.CharField(max_length=100), default=list)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors"
    )

    class Meta:
        ordering = ["name", "dfe_number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dfe_number__regex=r"^\d{3}$"), name="council_dfe_number"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="council_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CouncilCode(models.Model):
    """A GSS code of a council, its dates, and the council's name at the time."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="codes")
    gss_code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=100)
    official_name = models.CharField(max_length=150, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    change_note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["valid_from", "id"]
        indexes = [
            models.Index(Fold("name"), name="council_code_name_folded"),
            models.Index(Fold("official_name"), name="council_code_official_folded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(gss_code__regex=r"^E\d{8}$"), name="council_code_gss"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="council_code_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.gss_code


class CouncilGroup(models.Model):
    """Councils that bid together, such as the Tri-borough."""

    name = models.CharField(max_length=100, unique=True)
    councils = models.ManyToManyField(Council, related_name="groups")

    def __str__(self) -> str:
        return self.name


class Judgement(models.TextChoices):
    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"


class OfstedJudgement(models.Model):
    """A judgement for due diligence. It never refuses anybody automatically."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="judgements")
    framework = models.CharField(max_length=20)
    published_on = models.DateField()
    overall = models.CharField(max_length=20, choices=Judgement)
    reinspection = models.BooleanField(default=False)
    details = fields.Json(default=dict)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            choices_constraint("overall", Judgement, "judgement_overall"),
            models.UniqueConstraint(
                fields=["council", "framework", "published_on"],
                name="judgement_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.overall} ({self.published_on})"
