"""The pages for what went wrong. Each says what to do next and leads there; the last
two work without anything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from innovation.core import clock
from innovation.core.errors import DomainError
from innovation.web import asked, kept
from innovation.web.subjects import Subject


@dataclass(frozen=True, slots=True)
class Way:
    """On from an error."""

    label: str
    href: str


def domain_error(
    request: HttpRequest,
    error: DomainError,
    subject: Subject | None = None,
    back: str = "",
) -> HttpResponse:
    """`subject` and `back` are those of the page that was refused, where it found what
    it is about.
    """
    context = {"title": error.title, "sentence": error.sentence, "subject": subject}
    return _page(request, "domain", error.status, _about(subject, back), **context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404)


def not_of_this_kind(request: HttpRequest, answer: HttpResponseBase) -> HttpResponse:
    """In the place of the empty answer to a method that a page does not have."""
    page = _page(request, "405", 405)
    page.headers["Allow"] = answer.headers.get("Allow", "")
    return page


def too_many(request: HttpRequest) -> HttpResponse:
    """What the sign-in library answers where a rate limit is passed."""
    return _page(request, "429", 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Who signed in again in another tab is met here by the page of the first one."""
    safe = kept.keep(request, at=clock.now())
    if asked.by_script(request):
        return asked.told(403, kept=safe)
    if safe:
        messages.info(request, "Nothing was sent: look it over and send it again.")
        return redirect(request.get_full_path())
    again = [Way("Open the form again", request.get_full_path())]
    return _page(request, "csrf", 403, again)


def server_error(request: HttpRequest) -> HttpResponse:
    return _alone(request, "errors/500.html", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    return _alone(request, "errors/maintenance.html", 503)


def _alone(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Reads neither the user nor the database: either may be what broke."""
    context = {
        "service": {"name": settings.SERVICE_NAME, "links": []},
        "ways": [
            Way("Try this page again", request.get_full_path()),
            Way("Go to the front page", "/"),
        ],
    }
    return HttpResponse(render_to_string(template, context), status=status)


def _page(
    request: HttpRequest,
    name: str,
    status: int,
    ways: list[Way] | None = None,
    **context: Any,
) -> HttpResponse:
    """`ways` are nearer to what the reader was doing than the page they came from."""
    nearer = ways or list(_where_from(request))
    context |= {"ways": [*nearer, *_home(request)]}
    return render(request, f"errors/{name}.html", context, status=status)


def _about(subject: Subject | None, back: str) -> list[Way]:
    found = []
    if subject and subject.href:
        named = f"Go to {subject.reference}, {subject.title}"
        found.append(Way(named, subject.href))
    if back and back not in {way.href for way in found}:
        found.append(Way("Go back", back))
    return found


def _where_from(request: HttpRequest) -> Iterator[Way]:
    """The page of ours that led here; browsers tell it within the service only."""
    given = request.headers.get("Referer", "")
    try:
        ours = url_has_allowed_host_and_scheme(given, {request.get_host()})
    except DisallowedHost:
        return
    # Before it is taken apart, which what is no address at all does not survive.
    if not given or not ours:
        return
    place = urlsplit(given)
    if place.path not in {"", request.path}:
        href = f"{place.path}?{place.query}" if place.query else place.path
        yield Way("Go back to the page you came from", href)


def _home(request: HttpRequest) -> Iterator[Way]:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        yield Way("See what waits for you", reverse("dashboard:home"))
    else:
        yield Way("Sign in", reverse(settings.LOGIN_URL))
        yield Way("Go to the front page", "/")
