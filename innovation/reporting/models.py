"""Reports that a worker builds for one user, stored for a week."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.leases import Leased
from innovation.core.models import choices_constraint


class ReportState(models.TextChoices):
    DUE = "due", "Waiting"
    BUILDING = "building", "Being built"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


class FileFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel"


class Report(Leased):
    """`kind` is the name of a report type; it has no constraint, so that a new type
    needs no migration. `params` are the filters from the query string of the list. A
    worker updates `rows_done` when it extends its lease. `closed` has the ids of the
    cases that the user could not see when it was built: if there are more, the file is
    outdated.
    """

    key = keys.field("REP")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="reports")
    asked_at = models.DateTimeField()
    kind = models.CharField(max_length=20, default="cases")
    params = fields.Json(default=dict)
    file_format = models.CharField(
        max_length=4,
        choices=FileFormat,
        default=FileFormat.CSV,
        db_default=FileFormat.CSV,
    )
    state = models.CharField(
        max_length=10, choices=ReportState, default=ReportState.DUE
    )
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    closed = fields.Json(default=list)
    built_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="reports/", blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(
                fields=["asked_by", "-asked_at", "-id"], name="report_of_person"
            ),
            models.Index(
                fields=["asked_at", "id"],
                name="report_unfinished",
                condition=Q(state__in=["due", "building"]),
            ),
        ]
        constraints = [
            choices_constraint("state", ReportState, "report_state"),
            choices_constraint("file_format", FileFormat, "report_file_format"),
            models.CheckConstraint(
                condition=Q(state=ReportState.BUILDING, lease_until__isnull=False)
                | ~Q(state=ReportState.BUILDING) & Q(lease_until__isnull=True),
                name="report_lease_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.READY, built_at__isnull=False)
                & ~Q(file="")
                | ~Q(state=ReportState.READY) & Q(built_at__isnull=True, file=""),
                name="report_ready_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def chain(self) -> Chain:
        return self.asked_by.chain

    def get_absolute_url(self) -> str:
        return reverse("reporting:report", args=[self.key])

    @property
    def finished(self) -> bool:
        return self.state in {ReportState.READY, ReportState.FAILED}
