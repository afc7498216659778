"""The public pages for `sitemap.xml`: each once, and nothing that is not public."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bids import policies as bid_policies
from bids.models import QuestionSet, Round
from funding import policies
from funding.models import Award
from innovation.accounts.permissions import Visitor
from innovation.web.base import Page


class _PublicSitemap(Sitemap[Any]):
    """Has the address of the service, whatever host a request names."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.BASE_URL.partition("://")[0]

    def get_domain(self, site: object = None) -> str:
        return settings.BASE_URL.partition("://")[2]


class PageSitemap(_PublicSitemap):
    """The pages that are about no single row."""

    def items(self) -> list[str]:
        return sorted(public_page_names())

    def location(self, item: str) -> str:
        return reverse(item)


class ProjectSitemap(_PublicSitemap):
    def __init__(self, today: date) -> None:
        self.today = today

    def items(self) -> QuerySet[Award]:
        """With the last day on which their pages changed."""
        reports = policies.public_reports(self.today).filter(award=OuterRef("pk"))
        newest = reports.order_by("-published_on").values("published_on")[:1]
        return (
            policies.public_awards(self.today)
            .annotate(changed=Greatest("announced_on", "revised_on", Subquery(newest)))
            .order_by("-announced_on", "-id")
        )

    def location(self, item: Award) -> str:
        return reverse("funding:project", args=[item.key])

    def lastmod(self, item: Any) -> date:
        changed: date = item.changed
        return changed


class RoundSitemap(_PublicSitemap):
    def __init__(self, reader: Visitor) -> None:
        self.reader = reader

    def items(self) -> QuerySet[Round]:
        return bid_policies.published_rounds(self.reader).order_by("pk")

    def location(self, item: Round) -> str:
        return reverse("bids:round", args=[item.key])


class QuestionsSitemap(RoundSitemap):
    """The questions of rounds that have some."""

    def items(self) -> QuerySet[Round]:
        sets = QuestionSet.objects.filter(
            round=OuterRef("pk"), published_at__isnull=False
        )
        return super().items().filter(Exists(sets))

    def location(self, item: Round) -> str:
        return reverse("bids:round-questions", args=[item.key])


def public_page_names() -> set[str]:
    """The names of the URLs of public pages without parameters."""
    return set(_names(get_resolver().url_patterns, ""))


def _names(patterns: Any, namespace: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _names(pattern.url_patterns, namespace + inner)
        elif isinstance(pattern, URLPattern) and _is_public_page(pattern):
            yield f"{namespace}{pattern.name}"


def _is_public_page(pattern: URLPattern) -> bool:
    """A file, such as this one, does not describe itself."""
    view = getattr(pattern.callback, "view_class", None)
    if not (isinstance(view, type) and issubclass(view, Page)):
        return False
    has_parameters = bool(pattern.pattern.regex.groups)
    return view.shared and bool(view.description) and not has_parameters
