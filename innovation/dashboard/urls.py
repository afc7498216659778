from django.urls import path

from innovation.dashboard import site_files, views

app_name = "dashboard"
urlpatterns = [
    path("", views.Front.as_view(), name="front"),
    path("home", views.Home.as_view(), name="home"),
    path("home/<slug:queue>", views.QueuePage.as_view(), name="queue"),
    path("accessibility", views.Accessibility.as_view(), name="accessibility"),
    path("cookies", views.Cookies.as_view(), name="cookies"),
    path("privacy", views.Privacy.as_view(), name="privacy"),
    path("robots.txt", site_files.Robots.as_view(), name="robots"),
    path("sitemap.xml", site_files.SitemapFile.as_view(), name="sitemap"),
    path("announcements.atom", site_files.FeedFile.as_view(), name="feed"),
    path(
        ".well-known/security.txt",
        site_files.SecurityText.as_view(),
        name="security-text",
    ),
    path("figures/", views.Definitions.as_view(), name="definitions"),
    path("figures/projects/", views.Projects.as_view(), name="projects"),
    path("figures/councils/", views.Councils.as_view(), name="councils"),
]
