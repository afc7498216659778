"""The root URL configuration."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from innovation.accounts.views import email_confirmation
from innovation.web import health

_APPS = (
    ("", "innovation.dashboard.urls"),
    ("", "innovation.accounts.urls"),
    ("", "innovation.notifications.urls"),
    ("", "innovation.documents.urls"),
    ("registers/", "innovation.registers.urls"),
    ("", "innovation.contact.urls"),
    ("", "innovation.reporting.urls"),
    ("", "bids.urls"),
    ("", "funding.urls"),
    ("api/v1/", "innovation.api_urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.Live.as_view(), name="health-live"),
    path("health/ready", health.Ready.as_view(), name="health-ready"),
    path(
        "accounts/confirm-email/",
        email_confirmation.ConfirmEmail.as_view(),
        name="account_email_verification_sent",
    ),
    path("accounts/", include("allauth.urls")),
    *(path(prefix, include(module)) for prefix, module in _APPS if find_spec(module)),
]

handler400 = "innovation.web.errors.bad_request"
handler403 = "innovation.web.errors.forbidden"
handler404 = "innovation.web.errors.not_found"
handler429 = "innovation.web.errors.too_many_requests"
handler500 = "innovation.web.errors.server_error"
