from django.urls import path

from innovation.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.Front.as_view(), name="front"),
    path("home", views.Home.as_view(), name="home"),
    path("figures/projects/", views.Projects.as_view(), name="projects"),
    path("figures/councils/", views.Councils.as_view(), name="councils"),
]
