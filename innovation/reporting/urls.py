from django.urls import path

from innovation.reporting import views

app_name = "reporting"
urlpatterns = [
    path("jobs/", views.SystemHealth.as_view(), name="system-health"),
    path("reports/", views.Reports.as_view(), name="reports"),
    path("reports/new", views.AskForReport.as_view(), name="ask"),
    path("reports/all-cases.csv", views.AllCases.as_view(), name="all-cases"),
    path("reports/roles.csv", views.RolesHeld.as_view(), name="roles"),
    path("reports/<str:key>/", views.ReportPage.as_view(), name="report"),
    path("reports/<str:key>/progress", views.Progress.as_view(), name="progress"),
    path("reports/<str:key>/file", views.Download.as_view(), name="file"),
]
