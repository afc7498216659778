"""Imports: files of past cases, their reports and the cases created."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import all_or_none_constraint, choices_constraint


class ImportState(models.TextChoices):
    CHECKED = "checked", "Checked, can be applied"
    WAITING = "waiting", "Waiting for a second person"
    DECLINED = "declined", "Refused by a second person"
    REFUSED = "refused", "Has problems"
    APPLIED = "applied", "Applied"
    FAILED = "failed", "Stopped"


class Import(models.Model):
    """An import. `content` is the file, unless it had problems when it was sent.

    If `revises_past`, the import changes figures of past days: somebody sends it
    (`sent_by`) and somebody else applies or declines it.
    """

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
    revises_past = models.BooleanField(default=False)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    declined_because = fields.Text(blank=True)
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            choices_constraint("state", ImportState, "import_state"),
            all_or_none_constraint(
                "applied_by", "applied_at", name="import_applied_by"
            ),
            all_or_none_constraint("sent_by", "sent_at", name="import_sent_by"),
            all_or_none_constraint(
                "declined_by", "declined_at", name="import_declined_by"
            ),
            models.CheckConstraint(
                condition=Q(state="declined", declined_at__isnull=False)
                & ~Q(declined_because="")
                | ~Q(state="declined") & Q(declined_at__isnull=True),
                name="import_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "declined"])
                | Q(sent_at__isnull=False),
                name="import_waits_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state="applied", revises_past=True)
                | Q(sent_by__isnull=False) & ~Q(applied_by=F("sent_by")),
                name="import_of_the_past_takes_two_people",
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
            ),
            models.UniqueConstraint(fields=["subject"], name="imported_case_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sheet_id}"

    def get_absolute_url(self) -> str:
        return reverse("funding:imported-case", args=[self.subject])
