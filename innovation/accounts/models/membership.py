"""Memberships: who belongs to which organisation, and with what rights."""

from collections.abc import Collection
from typing import Self

from django.db import models

from innovation.accounts.models.user import User
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.organisations.models import Organisation


class Standing(models.TextChoices):
    ADMINISTRATOR = "administrator", "Administrator"
    EDITOR = "editor", "Editor"
    VIEWER = "viewer", "Viewer"
    AUTHORISER = "authoriser", "Authoriser"


WRITING_STANDINGS = (Standing.EDITOR, Standing.ADMINISTRATOR, Standing.AUTHORISER)
"""Standings that may edit the organisation's cases."""


class Office(models.TextChoices):
    """The office of somebody whose signature binds the organisation."""

    DIRECTOR_OF_CHILDREN = "childrens_director", "Director of children’s services"
    SECTION_151 = "section_151", "Section 151 officer"
    CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
    FINANCE_DIRECTOR = "finance_director", "Finance director"
    DIRECTOR = "director", "Director of the company"
    TRUSTEE = "trustee", "Chair or trustee"


COUNCIL_OFFICES = (Office.DIRECTOR_OF_CHILDREN, Office.SECTION_151)


def position_of(standing: str, office: str) -> str:
    """Such as “an authoriser, director of children’s services”."""
    article = "a" if standing == Standing.VIEWER else "an"
    words = f"{article} {Standing(standing).label.lower()}"
    return f"{words}, {Office(office).label.lower()}" if office else words


class MembershipQuerySet(models.QuerySet["Membership"]):
    def confirmed(self, standings: Collection[str] = Standing.values) -> Self:
        """The memberships that are confirmed, with one of the standings."""
        return self.filter(confirmed_at__isnull=False, standing__in=standings)


class Membership(models.Model):
    """A membership. It gives no access until an official (for the first person) or the
    organisation's administrator has confirmed it.

    An authoriser has an office. An administrator may have one too, and can then sign.
    `job_title`, `how_to_check` and the claimed number are from the request to join, for
    the person who confirms it.
    """

    key = keys.field("MBR")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships"
    )
    standing = models.CharField(max_length=20, choices=Standing)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=40, blank=True)
    office = models.CharField(max_length=20, choices=Office, blank=True)
    job_title = OneLineField(max_length=100, blank=True)
    how_to_check = fields.Text(blank=True)
    claimed_scheme = models.CharField(max_length=20, blank=True)
    claimed_number = OneLineField(max_length=40, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            choices_constraint("standing", Standing, "membership_standing"),
            models.UniqueConstraint(
                fields=["user", "organisation"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by="")
                | models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by=""),
                name="membership_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(office__in=["", *Office.values]),
                name="membership_office",
            ),
            models.CheckConstraint(
                condition=models.Q(office="")
                | models.Q(standing__in=[Standing.AUTHORISER, Standing.ADMINISTRATOR]),
                name="membership_office_signs",
            ),
            models.CheckConstraint(
                condition=models.Q(claimed_scheme="", claimed_number="")
                | ~models.Q(claimed_scheme="") & ~models.Q(claimed_number=""),
                name="membership_claims_number",
            ),
        ]

    @property
    def may_sign(self) -> bool:
        """Whether the person may sign for the organisation."""
        has_office = self.standing == Standing.AUTHORISER or bool(self.office)
        return has_office and self.confirmed_at is not None

    @property
    def position(self) -> str:
        return position_of(self.standing, self.office)

    @property
    def claimed_org_id(self) -> str:
        """The claimed number in org-id form."""
        parts = [part for part in (self.claimed_scheme, self.claimed_number) if part]
        return "-".join(parts)

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}: {self.standing}"
