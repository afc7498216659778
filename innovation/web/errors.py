"""The pages for what went wrong. The last of them works without anything else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from innovation.core.errors import DomainError


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    context = {"title": error.title, "sentence": error.sentence}
    return render(request, "errors/domain.html", context, status=error.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Reads neither the user nor the database: either may be what broke."""
    service = {"name": settings.SERVICE_NAME, "links": []}
    return HttpResponse(
        render_to_string("errors/500.html", {"service": service}), status=500
    )
