"""The pattern of a page’s address, which says which page it is and not of which case.

An address can also hold a secret, such as the link to choose a new password. Those who
read feedback must learn neither.
"""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

_PARAMETER = re.compile(r"<[^<>]*>")
_REGULAR_EXPRESSION = re.compile(r"[\^$(\\].*")


def page_pattern(path: str) -> str:
    """`/grants/AWD-…/` → `/grants/…/`; empty if there is no such page."""
    try:
        route = resolve(path).route
    except Resolver404:
        return ""
    return "/" + _REGULAR_EXPRESSION.sub("", _PARAMETER.sub("…", route))


def referring_page(request: HttpRequest) -> str:
    """The pattern of the page that the user came from; empty if it is not ours."""
    try:
        address = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if address.netloc != request.get_host() or address.path == request.path:
        return ""
    return page_pattern(address.path)
