from django.urls import path

from innovation.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.Front.as_view(), name="front"),
    path("home", views.Home.as_view(), name="home"),
    path("accessibility", views.Accessibility.as_view(), name="accessibility"),
    path("cookies", views.Cookies.as_view(), name="cookies"),
    path("privacy", views.Privacy.as_view(), name="privacy"),
    path("figures/", views.Definitions.as_view(), name="definitions"),
    path("figures/projects/", views.Projects.as_view(), name="projects"),
    path("figures/councils/", views.Councils.as_view(), name="councils"),
]
