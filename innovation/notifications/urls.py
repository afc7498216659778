from django.urls import path

from innovation.notifications import views

app_name = "notifications"
urlpatterns = [
    path("letters/", views.Postbox.as_view(), name="postbox"),
    path("letters/<uuid:reference>/", views.PostedLetterPage.as_view(), name="posted"),
    path(
        "letters/<uuid:reference>/file", views.PostedFile.as_view(), name="posted-file"
    ),
    path("letters/outbox/", views.Outbox.as_view(), name="outbox"),
    path(
        "letters/outbox/<str:key>/send-again",
        views.SendAgain.as_view(),
        name="send-again",
    ),
]
