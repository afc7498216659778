from django.urls import path

from innovation.reporting import views
from innovation.reporting.report_types import REPORT_TYPES

app_name = "reporting"
urlpatterns = [
    path("jobs/", views.SystemHealth.as_view(), name="system-health"),
    path("reports/", views.Reports.as_view(), name="reports"),
    path("reports/new", views.AskForReport.as_view(), name="ask"),
    *(
        path(
            f"reports/{report_type.name}.csv",
            views.Stream.as_view(report_type=report_type),
            name=report_type.name,
        )
        for report_type in REPORT_TYPES.values()
        if report_type.is_streamed
    ),
    path("reports/<str:key>/", views.ReportPage.as_view(), name="report"),
    path("reports/<str:key>/progress", views.Progress.as_view(), name="progress"),
    path("reports/<str:key>/file", views.Download.as_view(), name="file"),
]
