from django.urls import path

from innovation.contact import views

app_name = "contact"
urlpatterns = [
    path("help", views.Help.as_view(), name="help"),
    path("feedback", views.GiveFeedback.as_view(), name="give"),
    path("feedback/sent", views.FeedbackSent.as_view(), name="sent"),
    path("feedback/received/", views.ReceivedFeedback.as_view(), name="received"),
    path(
        "feedback/received/<str:key>/settle",
        views.SettleFeedback.as_view(),
        name="settle",
    ),
]
