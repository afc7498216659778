"""Organisations that apply and lead. Applicant type, legal form and official numbers
are three different things, so each has its own column or row.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower

from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.folding import Fold
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.organisations.models.council import Council


class ApplicantType(models.TextChoices):
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    CHARITY = "charity", "Charity"
    COMPANY = "company", "Company"
    SOCIAL_ENTERPRISE = "social_enterprise", "Social enterprise"
    CHILDRENS_TRUST = "childrens_trust", "Children’s services trust"
    NHS = "nhs", "NHS body"
    PUBLIC_BODY = "public_body", "Other public body"


class Organisation(models.Model):
    key = keys.field("ORG")
    chain = models.OneToOneField(Chain, models.PROTECT, related_name="+")
    name = OneLineField(max_length=200)
    applicant_type = models.CharField(max_length=20, choices=ApplicantType)
    legal_form = OneLineField(max_length=100, blank=True)
    council = models.OneToOneField(
        Council,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisation",
        help_text="The council this organisation is.",
    )
    serves = models.ManyToManyField(
        Council,
        through="organisations.RunsServices",
        blank=True,
        related_name="served_by",
        help_text="For a trust: the councils whose children's services it runs.",
    )
    source = OneLineField(
        max_length=400, blank=True, help_text="Where facts that need a source are from."
    )
    confidence = models.CharField(max_length=20, blank=True)
    notes = fields.Text(blank=True)
    demonstration = models.BooleanField(
        default=False, help_text="Made up, and labelled so wherever it appears."
    )

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            choices_constraint(
                "applicant_type", ApplicantType, "organisation_applicant_type"
            ),
            models.UniqueConstraint(Lower("name"), name="organisation_name_once"),
        ]
        indexes = [
            GinIndex(
                OpClass(Fold("name"), "gin_trgm_ops"), name="organisation_name_folded"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RunsServices(models.Model):
    """A trust that runs a council's children's services. The dates are the trust's, as
    published: a day, month or year, or empty if the source has none.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="areas")
    council = models.ForeignKey(Council, models.PROTECT, related_name="run_by")
    started = models.CharField(max_length=10, blank=True)
    ended = models.CharField(max_length=10, blank=True)
    note = OneLineField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "council"], name="runs_services_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} for {self.council_id}"


class Identifier(models.Model):
    """An official number under the org-id.guide scheme it belongs to."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(max_length=20)
    value = OneLineField(max_length=40)

    class Meta:
        ordering = ["scheme", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"], name="identifier_stands_for_one"
            )
        ]

    def __str__(self) -> str:
        return self.org_id

    @property
    def org_id(self) -> str:
        return f"{self.scheme}-{self.value}"
