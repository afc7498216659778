"""Imports: files of past cases, their reports and the cases created."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import all_or_none_constraint, choices_constraint


class ImportState(models.TextChoices):
    CHECKED = "checked", "Checked, can be applied"
    REFUSED = "refused", "Has problems"
    APPLIED = "applied", "Applied"
    FAILED = "failed", "Stopped"


class Import(models.Model):
    """An import; `content` is the file while it can be applied, then empty."""

    key = keys.field("IMP")
    chain = models.OneToOneField(Chain, models.PROTECT, related_name="+")
    file_name = OneLineField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=ImportState)
    rows = models.PositiveIntegerField(default=0)
    expressions = models.PositiveIntegerField(default=0)
    awards = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    problems = fields.Json(default=list)
    notices = fields.Json(default=list)
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            choices_constraint("state", ImportState, "import_state"),
            all_or_none_constraint(
                "applied_by", "applied_at", name="import_applied_by"
            ),
            models.CheckConstraint(
                condition=Q(state="applied", applied_at__isnull=False)
                | ~Q(state="applied") & Q(applied_at__isnull=True),
                name="import_applied_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "failed"]) | ~Q(problems=[]),
                name="import_says_what_is_wrong",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.file_name}"

    def get_absolute_url(self) -> str:
        return reverse("funding:import", args=[self.key])


class ImportedCase(models.Model):
    """A line that became a case. The sheet's id and kind prevent a second import;
    `digest` shows whether the line has changed.
    """

    imported = models.ForeignKey(Import, models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=10)
    sheet_id = OneLineField(max_length=100)
    digest = models.CharField(max_length=64)
    subject = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "sheet_id"], name="imported_case_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sheet_id}"
