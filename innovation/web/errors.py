"""The pages for what went wrong. The last two work without anything else."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from innovation.core import clock
from innovation.core.errors import DomainError
from innovation.web import asked, kept


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    context = {"title": error.title, "sentence": error.sentence}
    return render(request, "errors/domain.html", context, status=error.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """What the sign-in library answers where a rate limit is passed."""
    return render(request, "errors/429.html", status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Who signed in again in another tab is met here by the page of the first one."""
    safe = kept.keep(request, at=clock.now())
    if asked.by_script(request):
        return asked.told(403, kept=safe)
    if safe:
        messages.info(request, "Nothing was sent: look it over and send it again.")
        return redirect(request.get_full_path())
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return _alone("errors/500.html", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    return _alone("errors/maintenance.html", 503)


def _alone(template: str, status: int) -> HttpResponse:
    """Reads neither the user nor the database: either may be what broke."""
    service = {"name": settings.SERVICE_NAME, "links": []}
    return HttpResponse(render_to_string(template, {"service": service}), status=status)
