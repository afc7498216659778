"""The pages for what went wrong. The last two work without anything else."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from innovation.core import clock, limits
from innovation.core.errors import DomainError, TooMuch
from innovation.web import asked, kept


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    context = {"title": error.title, "sentence": error.sentence}
    page = render(request, "errors/domain.html", context, status=error.status)
    if wait := getattr(error, "wait", None):
        page["Retry-After"] = str(wait)
    return page


_TOO_MUCH: tuple[tuple[type[Exception], str], ...] = (
    (
        TooManyFilesSent,
        f"You sent more than {limits.BODY_FILES} files. Nothing was saved. Go back and "
        "send them in several steps.",
    ),
    (
        TooManyFieldsSent,
        f"You sent more than {limits.BODY_FIELDS:,} answers at once. Nothing was "
        "saved. Go back, leave some out and send the rest afterwards.",
    ),
    (
        RequestDataTooBig,
        f"You sent more than {limits.BODY_BYTES // 1_000_000} MB of text, or more than "
        f"{limits.BODY_WITH_FILES_BYTES // 1_000_000} MB with files. Nothing was "
        "saved. Go back, copy what you typed and send it in smaller parts.",
    ),
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    for kind, sentence in _TOO_MUCH:
        if isinstance(exception, kind):
            return _too_much(request, TooMuch(sentence))
    return render(request, "errors/400.html", status=400)


def _too_much(request: HttpRequest, error: TooMuch) -> HttpResponse:
    if asked.by_script(request):
        return asked.told(error.status, problem=error.sentence)
    return domain_error(request, error)


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
