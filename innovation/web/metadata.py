"""What a public page says of itself to search engines and to whoever shares its link.

A page that is not public says that it is not to be listed.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.text import Truncator

from innovation.core.lines import single_line

ROBOTS = "X-Robots-Tag"
_DESCRIPTION_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Metadata:
    description: str
    url: str
    """The page’s one address, whatever filters or date it was asked for with."""
    origin: str
    """The address of the service, without a slash."""


def page_metadata(path: str, description: str) -> Metadata:
    return Metadata(_excerpt(description), absolute_url(path), settings.BASE_URL)


@lru_cache(maxsize=256)
def _excerpt(text: str) -> str:
    """Of a public text, so that it may be kept."""
    return Truncator(single_line(text)).chars(_DESCRIPTION_LENGTH)


def absolute_url(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def set_robots_header(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep everything out of search engines but public pages and static files."""
    if not _may_be_listed(request, response):
        response.headers.setdefault(ROBOTS, "noindex")


def _may_be_listed(request: HttpRequest, response: HttpResponseBase) -> bool:
    if request.path_info.startswith(settings.STATIC_URL):
        return True
    match = request.resolver_match
    page = getattr(match.func, "view_class", None) if match else None
    return getattr(page, "shared", False) and response.status_code in {200, 304}
