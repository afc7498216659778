"""Error pages. Each says what to do next and has links to it. The last three need
neither the user nor the database.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from innovation.core import clock, limits, outages
from innovation.core.errors import DomainError, TooMuch, Unavailable
from innovation.web import json_requests, unsent_forms
from innovation.web.subjects import Subject

_log = structlog.get_logger("innovation.outage")
_PASSWORDS = "/accounts/"
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


@dataclass(frozen=True, slots=True)
class NextStep:
    """A link on an error page."""

    label: str
    href: str


def domain_error(
    request: HttpRequest,
    error: DomainError,
    subject: Subject | None = None,
    back: str = "",
) -> HttpResponse:
    """`subject` and `back` are those of the page that raised the error, if it had found
    its object.
    """
    context = {"title": error.title, "sentence": error.sentence, "subject": subject}
    steps = _subject_steps(subject, back)
    page = _page(request, "domain", error.status, steps, **context)
    return with_retry_after(page, error.retry_after)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    for kind, sentence in _TOO_MUCH:
        if isinstance(exception, kind):
            return _too_much(request, TooMuch(sentence))
    return _page(request, "400", 400)


def _too_much(request: HttpRequest, error: TooMuch) -> HttpResponse:
    if json_requests.is_json_request(request):
        return json_requests.json_response(error.status, problem=error.sentence)
    return domain_error(request, error)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for a page that does not exist and for one that must not be known."""
    steps = list(_referring_page(request))
    if not _is_signed_in(request):
        steps += [
            NextStep("See funding rounds", reverse("bids:rounds")),
            NextStep("See funded projects", reverse("funding:projects")),
            NextStep("See published evaluations", reverse("funding:evaluations")),
        ]
    return _page(request, "404", 404, steps)


def method_not_allowed(
    request: HttpRequest, response: HttpResponseBase
) -> HttpResponse:
    """The page for a method that a view does not have: Django's `response` is empty."""
    page = _page(request, "405", 405)
    page.headers["Allow"] = response.headers.get("Allow", "")
    return page


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The page of allauth for a rate limit that is exceeded."""
    return _page(request, "429", 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For example, the user has signed in again in another tab."""
    is_stored = unsent_forms.store(request, at=clock.now())
    if json_requests.is_json_request(request):
        return json_requests.json_response(403, kept=is_stored)
    if is_stored:
        messages.info(request, "Nothing was sent. Check your answers and send again.")
        return redirect(request.get_full_path())
    steps = [NextStep("Open the form again", request.get_full_path())]
    return _page(request, "csrf", 403, steps)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the error is being handled."""
    if outage := outages.explain(sys.exc_info()[1]):
        return outage_page(request, outage)
    return _standalone_page(request, "500", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    return with_retry_after(_standalone_page(request, "maintenance", 503), 300)


def outage_page(request: HttpRequest, outage: Unavailable) -> HttpResponse:
    """The page for a held lock or an outage. What was typed is in hidden fields, with a
    button to send it again, unless it has a password or a file.
    """
    error = outage.__context__ or sys.exc_info()[1] or outage
    _log.warning("outage", error=type(error).__name__, title=outage.title)
    if json_requests.is_json_request(request):
        return json_error(outage)
    is_post = request.method == "POST"
    can_resend = (
        is_post and not request.FILES and not request.path.startswith(_PASSWORDS)
    )
    page = _standalone_page(
        request,
        "outage",
        outage.status,
        title=outage.title,
        sentence=outage.sentence,
        fields=[(name, text) for name, texts in request.POST.lists() for text in texts]
        if can_resend
        else [],
        again=can_resend,
        sent=is_post,
    )
    return with_retry_after(page, outage.retry_after)


def json_error(error: DomainError) -> HttpResponse:
    """The error for a script, with `retry_after` in seconds."""
    response = json_requests.json_response(
        error.status, problem=error.sentence, retry_after=error.retry_after
    )
    return with_retry_after(response, error.retry_after)


def with_retry_after(response: HttpResponse, seconds: int) -> HttpResponse:
    """Add the Retry-After header if waiting will help."""
    if seconds:
        response["Retry-After"] = str(seconds)
    return response


def _standalone_page(
    request: HttpRequest, name: str, status: int, **facts: object
) -> HttpResponse:
    """A page that reads neither the user nor the database, which may be broken."""
    context = {
        "service": {"name": settings.SERVICE_NAME, "links": []},
        "next_steps": [
            NextStep("Try this page again", request.get_full_path()),
            NextStep("Go to the front page", "/"),
        ],
        **facts,
    }
    page = HttpResponse(render_to_string(f"errors/{name}.html", context), status=status)
    page["Cache-Control"] = "no-store"
    return page


def _page(
    request: HttpRequest,
    name: str,
    status: int,
    steps: list[NextStep] | None = None,
    **context: object,
) -> HttpResponse:
    """Without `steps`, the first link leads to the page that the user came from."""
    first_steps = steps or list(_referring_page(request))
    context |= {"next_steps": [*first_steps, *_home_steps(request)]}
    return render(request, f"errors/{name}.html", context, status=status)


def _subject_steps(subject: Subject | None, back: str) -> list[NextStep]:
    steps = []
    if subject and subject.href:
        label = f"Go to {subject.reference}, {subject.title}"
        steps.append(NextStep(label, subject.href))
    if back and back not in {step.href for step in steps}:
        steps.append(NextStep("Go back", back))
    return steps


def _referring_page(request: HttpRequest) -> Iterator[NextStep]:
    """The page of this service that the user came from."""
    referrer = request.headers.get("Referer", "")
    try:
        is_ours = url_has_allowed_host_and_scheme(referrer, {request.get_host()})
    except DisallowedHost:
        return
    # Checked before it is parsed, because parsing a malformed address fails.
    if not referrer or not is_ours:
        return
    address = urlsplit(referrer)
    if address.path not in {"", request.path}:
        query = f"?{address.query}" if address.query else ""
        href = f"{address.path}{query}"
        yield NextStep("Go back to the page you came from", href)


def _home_steps(request: HttpRequest) -> Iterator[NextStep]:
    if _is_signed_in(request):
        yield NextStep("See your tasks", reverse("dashboard:home"))
    else:
        yield NextStep("Sign in", reverse(settings.LOGIN_URL))
        yield NextStep("Go to the front page", "/")


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and bool(user.is_authenticated)
