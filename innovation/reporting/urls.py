from django.urls import path

from innovation.reporting import views

app_name = "reporting"
urlpatterns = [
    path("jobs/", views.Workings.as_view(), name="workings"),
    path("reports/", views.Reports.as_view(), name="reports"),
    path("reports/new", views.Ask.as_view(), name="ask"),
    path("reports/all-cases.csv", views.Everything.as_view(), name="everything"),
    path("reports/roles.csv", views.Roles.as_view(), name="roles"),
    path("reports/<str:key>/", views.ReportPage.as_view(), name="report"),
    path("reports/<str:key>/progress", views.Progress.as_view(), name="progress"),
    path("reports/<str:key>/file", views.Download.as_view(), name="file"),
]
