"""Organisations that apply and lead. Applicant type, legal form and official numbers
are three different things, so each has its own column or row.
"""

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
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


class OrganisationState(models.TextChoices):
    REGISTERED = "registered", "Registered"
    UNCONFIRMED = "unconfirmed", "Not confirmed"
    MERGED = "merged", "Merged into another"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def registered(self) -> Self:
        """Without those that nobody has confirmed, and those merged into another."""
        return self.filter(state=OrganisationState.REGISTERED)


class Organisation(models.Model):
    """An organisation that joined, was imported, or was added by an applicant as a
    partner: that one is unconfirmed until an official has looked at it, and known only
    to the applicants of `added_for` until then.

    A merged organisation stays as it was, with everything that names it. Whoever reads
    it goes on to `merged_into`, which is never merged itself.
    """

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
    state = models.CharField(
        max_length=12, choices=OrganisationState, default=OrganisationState.REGISTERED
    )
    added_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="additions",
        help_text="The lead organisation whose applicant added it as a partner.",
    )
    claimed_scheme = models.CharField(max_length=20, blank=True)
    claimed_number = OneLineField(max_length=40, blank=True)
    named_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When a case that names it was first sent; officials see it then.",
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            choices_constraint(
                "applicant_type", ApplicantType, "organisation_applicant_type"
            ),
            choices_constraint("state", OrganisationState, "organisation_state"),
            models.UniqueConstraint(
                Lower("name"),
                name="organisation_name_once",
                condition=Q(state=OrganisationState.REGISTERED),
            ),
            models.UniqueConstraint(
                F("added_for"),
                Lower("name"),
                name="organisation_added_once",
                condition=Q(state=OrganisationState.UNCONFIRMED),
            ),
            models.CheckConstraint(
                condition=Q(state=OrganisationState.MERGED, merged_into__isnull=False)
                | ~Q(state=OrganisationState.MERGED) & Q(merged_into__isnull=True),
                name="organisation_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="organisation_not_into_itself"
            ),
            models.CheckConstraint(
                condition=~Q(state=OrganisationState.UNCONFIRMED)
                | Q(added_for__isnull=False, council__isnull=True),
                name="organisation_unconfirmed_is_added",
            ),
            models.CheckConstraint(
                condition=Q(claimed_scheme="", claimed_number="")
                | ~Q(claimed_scheme="") & ~Q(claimed_number=""),
                name="organisation_claims_number",
            ),
        ]
        indexes = [
            GinIndex(
                OpClass(Fold("name"), "gin_trgm_ops"), name="organisation_name_folded"
            ),
            models.Index(
                fields=["named_at", "id"],
                name="organisation_to_check",
                condition=Q(state=OrganisationState.UNCONFIRMED),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_unconfirmed(self) -> bool:
        return self.state == OrganisationState.UNCONFIRMED

    @property
    def current(self) -> "Organisation":
        """The organisation itself, or the one that it was merged into."""
        return self.merged_into or self

    @property
    def claimed_org_id(self) -> str:
        """The claimed number in org-id form."""
        parts = [part for part in (self.claimed_scheme, self.claimed_number) if part]
        return "-".join(parts)


class RunsServices(models.Model):
    """A trust that runs a council's children's services. The dates are those of the
    trust, unless it began later there, as published: a day, month or year, or empty if
    the source has none.
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
