"""Ask for a report, watch it being built, download it; and the CSV of everything."""

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)

from bids import policies
from bids.domain.queries import cases
from funding.models.imports import Import, ImportState
from innovation.accounts.domain import queries
from innovation.accounts.forms.roles import GrantsFilter
from innovation.accounts.page_access import permission_required
from innovation.accounts.permissions import require_permission
from innovation.accounts.policies import role_grants_for
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import Invalid, TooLate
from innovation.documents.scanning import stuck_documents
from innovation.notifications.models import NEEDS_ATTENTION, JobFailure, Letter
from innovation.reporting import (
    case_columns,
    disclosure,
    reports,
    role_columns,
)
from innovation.reporting.models import Report, ReportState
from innovation.web import pages
from innovation.web.csv_export import csv_response

ROW_LIMIT = 20
UNAPPLIED_STATES = (ImportState.FAILED, ImportState.REFUSED)
REPORT_MAKER = permission_required(Permission.MAKE_REPORTS)


class Reports(pages.ListPage[Report]):
    policy = REPORT_MAKER
    scope = staticmethod(reports.reports_for)
    order = ("-asked_at", "-id")
    template_name = "reporting/list.html"
    title = "Reports"


class AskForReport(pages.ActionPage):
    policy = REPORT_MAKER
    template_name = "reporting/ask.html"
    title = "Download these cases as CSV"
    submit_label = "Build the file"

    def context(self) -> dict[str, object]:
        number = disclosure.matching_cases(self.user, self.request.GET).number
        return {
            "number": min(number, cases.COUNT_LIMIT),
            "more": number > cases.COUNT_LIMIT,
        }

    def perform(self) -> pages.Destination:
        wanted = self.request.GET.dict()
        return reports.ask(params=wanted, by=self.user, at=clock.now())


class ReportDetail(pages.DetailPage[Report]):
    policy = REPORT_MAKER
    scope = staticmethod(reports.reports_for)


class ReportPage(ReportDetail):
    """Reloads itself until the report is built: by a module where there is JavaScript,
    by a refresh of the page where there is none.
    """

    template_name = "reporting/report.html"
    title = "Cases as CSV"

    def context(self) -> dict[str, object]:
        return {"is_outdated": reports.is_outdated(self.object, self.user)}


class Progress(ReportDetail):
    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        report = self.object
        told = {
            "finished": report.finished,
            "done": report.rows_done,
            "total": report.rows_total,
        }
        return JsonResponse(told, headers={"Cache-Control": "no-store"})


class Download(ReportDetail):
    def check(self) -> None:
        if self.object.state != ReportState.READY:
            raise TooLate("This report is not ready yet. Go back to see how far it is.")
        if reports.is_outdated(self.object, self.user):
            raise TooLate(
                "A case was closed to you after this file was built, so it can no "
                "longer be downloaded. Ask for it again from the list of cases."
            )

    def get(  # type: ignore[override]  # a file is no HttpResponse, and no page
        self, request: HttpRequest, **kwargs: object
    ) -> HttpResponseBase:
        day = clock.london_day(self.object.asked_at)
        return FileResponse(
            self.object.file.open("rb"),
            as_attachment=True,
            filename=f"cases-{day}-{self.object.key}.csv",
            content_type="text/csv; charset=utf-8",
        )


class AllCases(pages.Page):
    """Every case the reader may see, streamed as PostgreSQL writes it."""

    policy = REPORT_MAKER
    title = "All cases as CSV"

    def check(self) -> None:
        require_permission(self.user, Permission.READ_ALL_CASES)

    def get(  # type: ignore[override]  # a stream is no HttpResponse, and no page
        self, request: HttpRequest, **kwargs: object
    ) -> HttpResponseBase:
        found = policies.cases_for(self.user).order_by("pk")
        rows = case_columns.rows(found)
        return csv_response(self.user, "all-cases.csv", case_columns.HEADER, rows)


class RolesHeld(pages.Page):
    """Who held which role at the end of a day, or holds one now."""

    policy = permission_required(Permission.MANAGE_PEOPLE)
    title = "Roles as CSV"

    def get(  # type: ignore[override]  # a stream is no HttpResponse, and no page
        self, request: HttpRequest, **kwargs: object
    ) -> HttpResponseBase:
        filters = GrantsFilter(request.GET)
        if not filters.is_valid():
            raise Invalid({None: ["The date must be a real date, like 27 3 2015."]})
        wanted, now = filters.cleaned_data, clock.now()
        day = wanted.get("as_at")
        found = queries.filter_rows(role_grants_for(self.user), wanted)
        moment = min(clock.end_of_day(day), now) if day else now
        name = f"roles-{clock.london_day(moment)}.csv"
        return csv_response(
            self.user, name, role_columns.HEADER, role_columns.rows(found, moment)
        )


class SystemHealth(pages.Page):
    """What failed behind the pages, so that nobody has to read a log to know of it."""

    policy = permission_required(Permission.READ_WORKINGS)
    template_name = "reporting/system_health.html"
    title = "System health"

    def context(self) -> dict[str, object]:
        troubled = Letter.objects.filter(state__in=NEEDS_ATTENTION).select_related(
            "chain"
        )
        return {
            "failures": JobFailure.objects.all()[:ROW_LIMIT],
            "failed_reports": Report.objects.filter(state=ReportState.FAILED)[
                :ROW_LIMIT
            ],
            "letters": troubled.defer("text", "facts")[:ROW_LIMIT],
            "documents": stuck_documents()[:ROW_LIMIT],
            "imports": Import.objects.filter(state__in=UNAPPLIED_STATES).defer(
                "content"
            )[:ROW_LIMIT],
        }
