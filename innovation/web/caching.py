"""Who may keep a response: nobody, the browser of its reader, or everybody."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import (
    get_conditional_response,
    patch_vary_headers,
    set_response_etag,
)

from innovation.web.headers import CSP

SHARED_SECONDS = 60
"""How long proxies and browsers keep a public page. A round that opens or closes, an
announcement and a correction are seen so much later at most. More would save little: on
a busy day a proxy asks for each page once a minute.
"""
_PERSONAL = {settings.SESSION_COOKIE_NAME, settings.MESSAGES_COOKIE_NAME}
_SIGN_OUT = "/accounts/logout/"


class Caching:
    """Responses to somebody who is signed in are not stored: not by a proxy, and not
    for the next person who presses “back” on a shared machine. A page that sets its own
    Cache-Control keeps it: see `pages.FormPage`. To everybody else, a page that is
    `shared` is the same, and may be kept.

    It looks at the session cookie or token, so that it needs no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _PERSONAL & request.COOKIES.keys() or "Authorization" in request.headers:
            response.headers.setdefault("Cache-Control", "no-store")
        elif isinstance(response, HttpResponse) and _may_be_shared(request, response):
            response = _share(request, response)
        if request.method == "POST" and request.path == _SIGN_OUT:
            # Browsers may keep form pages until then: clear their cache.
            response["Clear-Site-Data"] = '"cache"'
        return response


def _may_be_shared(request: HttpRequest, response: HttpResponse) -> bool:
    """Not with a query string, which may contain what somebody typed, and not with a
    cookie, which a page with a form or a message sets.
    """
    match = request.resolver_match
    page = getattr(match.func, "view_class", None) if match else None
    return (
        getattr(page, "shared", False)
        and request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and not request.META.get("QUERY_STRING")
        and not response.cookies
        and "Cache-Control" not in response.headers
    )


def _share(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    # Who has signed in since has another cookie, and must not get this copy.
    patch_vary_headers(response, ["Cookie"])
    response["Cache-Control"] = f"public, max-age={SHARED_SECONDS}"
    set_response_etag(response)
    etag = response["ETag"]
    answer = get_conditional_response(request, etag=etag, response=response)
    if answer is None or answer is response:
        return response
    if CSP in response:
        # The headers of a 304 replace those of the copy.
        answer[CSP] = response[CSP]
    return answer
