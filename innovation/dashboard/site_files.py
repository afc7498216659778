"""The files that programs look for: robots.txt, the sitemap, the feed, security.txt."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.http import Http404, HttpRequest, HttpResponse

from innovation.accounts.page_access import EVERYBODY
from innovation.core import clock
from innovation.core.formatting import format_utc
from innovation.dashboard import sitemaps
from innovation.dashboard.feed import AnnouncementsFeed
from innovation.web import pages
from innovation.web.metadata import ROBOTS, absolute_url

SECURITY_TEXT_LASTS = timedelta(days=180)
"""How long `security.txt` can be relied on. RFC 9116 recommends less than a year."""
_PRIVATE = ("/accounts/", "/api/v1/", "/*?")
"""Pages of sign-in, data, and lists by filter or date: `/` and others are the same."""


class _File(pages.Page):
    policy = EVERYBODY
    shared = True


class Robots(_File):
    title = "Rules for search engines"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        lines = ["User-agent: *"]
        if settings.DEMONSTRATION:
            lines += ["# Most of what a demonstration shows is made up.", "Disallow: /"]
        else:
            lines += [f"Disallow: {path}" for path in _PRIVATE]
        return _plain_text([*lines, f"Sitemap: {absolute_url('/sitemap.xml')}"])


class SitemapFile(_File):
    title = "Sitemap"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        today = clock.london_day(clock.now())
        response = sitemap(
            request,
            {
                "pages": sitemaps.PageSitemap(),
                "projects": sitemaps.ProjectSitemap(today),
                "rounds": sitemaps.RoundSitemap(self.user),
                "questions": sitemaps.QuestionsSitemap(self.user),
            },
        )
        # This service sets its own, which a copy that is asked for again has too.
        del response.headers[ROBOTS]
        return response.render()


class FeedFile(_File):
    title = "Rounds and funded projects"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        today = clock.london_day(clock.now())
        return AnnouncementsFeed(self.user, today)(request)


class SecurityText(_File):
    """Who to tell about a vulnerability: RFC 9116."""

    title = "Security contact"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        contact = settings.SECURITY_CONTACT
        if not contact:
            raise Http404
        return _plain_text(
            [
                f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
                f"Expires: {format_utc(_expiry(clock.now()))}",
                "Preferred-Languages: en",
                f"Canonical: {absolute_url(request.path)}",
            ]
        )


def _expiry(now: datetime) -> datetime:
    """The same all day, so that copies that are kept stay valid."""
    return clock.end_of_day(clock.london_day(now) + SECURITY_TEXT_LASTS)


def _plain_text(lines: list[str]) -> HttpResponse:
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
