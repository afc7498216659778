from django.urls import path

from innovation.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<str:key>", views.Download.as_view(), name="document"),
]
