"""Pages for requesting and downloading reports, streamed CSV, and system health."""

from typing import Never, cast

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)

from bids.domain.queries import search_texts
from funding.models.imports import Import, ImportState
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.core.parameters import require_known, single_values
from innovation.documents.scanning import stuck_documents
from innovation.notifications.models import NEEDS_ATTENTION, JobFailure, Letter
from innovation.reporting import reports
from innovation.reporting.file_writers import WRITERS
from innovation.reporting.forms import ReportForm
from innovation.reporting.models import Report, ReportState
from innovation.reporting.report_types import (
    READERS,
    REPORT_TYPES,
    allowed_types,
)
from innovation.reporting.report_types.cases import Cases
from innovation.reporting.report_types.definition import ReportType
from innovation.web import pages
from innovation.web.csv_export import csv_response
from innovation.web.keyset import MARKS

ROW_LIMIT = 20
UNAPPLIED_STATES = (ImportState.FAILED, ImportState.REFUSED)


class Reports(pages.ListPage[Report]):
    policy = READERS
    scope = staticmethod(reports.reports_for)
    ordering = ("-asked_at", "-id")
    template_name = "reporting/list.html"
    title = "Reports"

    def context(self) -> dict[str, object]:
        return {"report_types": allowed_types(self.user)}


class AskForReport(pages.FormPage[Never, ReportForm]):
    policy = READERS
    template_name = "reporting/ask.html"
    form_class = ReportForm
    submit_label = "Build the file"

    @property
    def report_type(self) -> ReportType:
        report_type = REPORT_TYPES.get(self.request.GET.get("kind", Cases.name))
        if report_type is None or not report_type.is_built:
            raise Http404
        return report_type

    def page_title(self) -> str:
        return self.report_type.ask_title

    def check(self) -> None:
        self.report_type.require(self.user)

    @property
    def params(self) -> dict[str, str]:
        return single_values(self.request.GET)

    def context(self) -> dict[str, object]:
        number = self.report_type.count(self.user, self.params, clock.now())
        return {
            "number": min(number, search_texts.COUNT_LIMIT),
            "more": number > search_texts.COUNT_LIMIT,
            "report_type": self.report_type,
        }

    def perform(self, form: ReportForm) -> pages.Destination:
        return reports.ask(
            self.report_type,
            params=self.params,
            **form.cleaned_data,
            by=self.user,
            at=clock.now(),
        )


class ReportDetail(pages.DetailPage[Report]):
    policy = READERS
    scope = staticmethod(reports.reports_for)

    @property
    def report_type(self) -> ReportType:
        return REPORT_TYPES[self.object.kind]

    def check(self) -> None:
        self.report_type.require(self.user)


class ReportPage(ReportDetail):
    """Reloads until the report is built: by a script, or by a refresh without
    JavaScript.
    """

    template_name = "reporting/report.html"

    def page_title(self) -> str:
        return f"{self.report_type.title} as {self.object.get_file_format_display()}"

    def context(self) -> dict[str, object]:
        return {
            "is_outdated": reports.is_outdated(self.object, self.user),
            "report_type": self.report_type,
        }


class Progress(ReportDetail):
    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        report = self.object
        progress = {
            "finished": report.finished,
            "done": report.rows_done,
            "total": report.rows_total,
        }
        return JsonResponse(progress, headers={"Cache-Control": "no-store"})


class Download(ReportDetail):
    def check(self) -> None:
        super().check()
        if self.object.state != ReportState.READY:
            raise TooLate("This report is not ready yet. Go back to see how far it is.")
        if reports.is_outdated(self.object, self.user):
            source = self.report_type.source_title
            raise TooLate(
                "You have lost access to a case since this file was built, so you "
                f"cannot download it. Ask for it again from {source}."
            )

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        report = self.object
        name = self.report_type.name_of_built_file(
            report.params, report.asked_at, report.rows_total
        )
        return FileResponse(
            report.file.open("rb"),
            as_attachment=True,
            filename=f"{name}-{report.key}.{report.file_format}",
            content_type=WRITERS[report.file_format].content_type,
        )


class Stream(pages.Page):
    """A report streamed from PostgreSQL."""

    policy = READERS
    title = "CSV"
    report_type: ReportType = cast("ReportType", None)
    """Set for each address in `urls`."""

    def check(self) -> None:
        self.report_type.require(self.user)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        kind, at = self.report_type, clock.now()
        params = single_values(request.GET)
        require_known(params, {*kind.filter_names, *MARKS})
        rows = kind.rows(self.user, params, at)
        name = f"{kind.file_name(params, at)}.csv"
        return csv_response(request, name, kind.headings(params), rows)


class SystemHealth(pages.Page):
    """Failed jobs and letters, so that administrators need not read logs."""

    policy = permission_required(Permission.READ_SYSTEM_HEALTH)
    template_name = "reporting/system_health.html"
    title = "System health"

    def context(self) -> dict[str, object]:
        letters = Letter.objects.filter(state__in=NEEDS_ATTENTION)
        return {
            "failures": JobFailure.objects.all()[:ROW_LIMIT],
            "failed_reports": Report.objects.filter(state=ReportState.FAILED)[
                :ROW_LIMIT
            ],
            "letters": letters.select_related("chain").defer("text", "facts")[
                :ROW_LIMIT
            ],
            "documents": stuck_documents()[:ROW_LIMIT],
            "imports": Import.objects.filter(state__in=UNAPPLIED_STATES).defer(
                "content"
            )[:ROW_LIMIT],
        }
