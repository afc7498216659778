"""The pages for what went wrong. The last three work without anything else."""

import sys

import structlog
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from innovation.core import clock, outages
from innovation.core.errors import DomainError, Unavailable
from innovation.web import asked, kept

_log = structlog.get_logger("innovation.outage")
_PASSWORDS = "/accounts/"


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
    """Called while the error is being handled, wherever it was met."""
    if outage := outages.explain(sys.exc_info()[1]):
        return out(request, outage)
    return _alone("errors/500.html", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    return _alone("errors/maintenance.html", 503, retry_after=300)


def out(request: HttpRequest, outage: Unavailable) -> HttpResponse:
    """A lock is held or a part is away. What was typed stands in the page, hidden, to
    be sent again with one button; a password does not, and a file cannot.
    """
    error = outage.__context__ or sys.exc_info()[1] or outage
    _log.warning("outage", error=type(error).__name__, title=outage.title)
    if asked.by_script(request):
        answer: HttpResponse = asked.told(
            outage.status, problem=outage.sentence, again=outage.retry_after
        )
        answer["Retry-After"] = str(outage.retry_after)
        return answer
    sent = request.method == "POST"
    again = sent and not request.FILES and not request.path.startswith(_PASSWORDS)
    return _alone(
        "errors/outage.html",
        outage.status,
        retry_after=outage.retry_after,
        title=outage.title,
        sentence=outage.sentence,
        fields=[(name, text) for name, texts in request.POST.lists() for text in texts]
        if again
        else [],
        again=again,
        sent=sent,
    )


def _alone(
    template: str, status: int, *, retry_after: int = 0, **facts: object
) -> HttpResponse:
    """Reads neither the user nor the database: either may be what broke."""
    service = {"name": settings.SERVICE_NAME, "links": []}
    page = HttpResponse(
        render_to_string(template, {"service": service, **facts}), status=status
    )
    page["Cache-Control"] = "no-store"
    if retry_after:
        page["Retry-After"] = str(retry_after)
    return page
